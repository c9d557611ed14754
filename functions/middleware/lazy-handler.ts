import type { ApiHandler } from "./api";

/**
 * A handler that is made with the first request, so that loading the file reads no environment and does no
 * I/O. If making it fails, the next request tries again.
 */
export function lazyHandler(create: () => ApiHandler): ApiHandler {
  let created: ApiHandler | undefined;
  return async (event, context) => {
    created ??= create();
    return created(event, context);
  };
}
