/** How often an instance says that it is there, and looks who else is. */
export const HEARTBEAT_MS = 5_000;
/** An instance that has been silent for so long is gone. */
export const SILENT_AFTER_SECONDS = 30;
/** How long an instance that lacks a secret of the others waits before it serves: each has looked again by then. */
export const NOTICE_MS = HEARTBEAT_MS + 1_000;
