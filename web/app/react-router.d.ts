import "react-router";

declare module "react-router" {
	/** Loaders get a `RouterContextProvider` (see `react-router.config.ts`). */
	interface Future {
		v8_middleware: true;
	}
}
