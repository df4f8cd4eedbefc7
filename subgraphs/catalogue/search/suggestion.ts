import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

export enum SuggestionKind {
	BADGE = "BADGE",
	COMPETENCY = "COMPETENCY",
	JOB = "JOB",
	INSTITUTE = "INSTITUTE",
}
registerEnumType(SuggestionKind, { name: "SuggestionKind" });

/** What a person who is typing may be looking for. */
@ObjectType({ simpleResolvers: true })
export class Suggestion {
	@Field(() => SuggestionKind) kind: SuggestionKind;
	@Field(() => ID, { description: "Id of the badge class, code of the competency or job, slug of the institute." }) id: string;
	@Field(() => String) label: string;
}

@ArgsType()
export class SuggestArguments {
	@Field(() => String, { description: "What has been typed, at most 100 characters; the last word may be unfinished." }) text: string;
	@Field(() => Int, { defaultValue: 4, description: "Of each kind, at most 10." }) first: number;
}
