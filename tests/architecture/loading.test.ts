import { expect, it } from "vitest";

import { sourceFiles } from "../support/source-files";

/**
 * What stands in for a page that isn't ready is sent with 200, whatever the page then says: that it leads to the sign-in page, that
 * there is no such thing, that something is away. See docs/decisions/051-plain-links-and-no-skeletons.md.
 */
it("no page begins its answer before it knows what that is", () => {
  expect(sourceFiles(/^app\/(?:.*\/)?(?:loading|template)\.tsx$/)).toEqual([]);
});
