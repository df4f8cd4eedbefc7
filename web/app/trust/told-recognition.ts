import { graphql } from "../graphql.ts";
import { RecognitionReach_Recognition } from "./recognition-reach.tsx";
import { StatementMark_Recognition } from "./statement-mark.tsx";

/** What is told of a recognition wherever one is listed: who recognises whom, what of it, why, since when, and by which statement. */
export const ToldRecognition = graphql(
	`
		fragment ToldRecognition on Recognition {
			id
			since
			expiresAt
			reason
			by {
				slug
				name
			}
			member {
				slug
				name
			}
			...RecognitionReach_Recognition
			...StatementMark_Recognition
		}
	`,
	[RecognitionReach_Recognition, StatementMark_Recognition],
);
