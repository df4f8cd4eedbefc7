import { Ctx, Directive, Query, Resolver, Root, Subscription } from "type-graphql";
import type { NetworkContext } from "./context.ts";
import { Directory, readDirectory } from "./directory.ts";

/** For the router and the harvesters: not in the public graph. */
@Resolver()
export class DirectoryResolver {
	@Query(() => Directory, { description: "For the router and the harvesters: who is admitted, and where they answer." })
	@Directive("@inaccessible")
	directory(@Ctx() { database }: NetworkContext) {
		return readDirectory(database);
	}

	@Subscription(() => Directory, {
		subscribe: ({ context }) => (context as NetworkContext).directoryFeed.stream(),
		description: "The whole directory, now and at each change of it.",
	})
	@Directive("@inaccessible")
	directoryChanged(@Root() directory: Directory): Directory {
		return directory;
	}
}
