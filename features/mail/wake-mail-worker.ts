/** What a running mail worker can be told. */
export interface MailWorker {
  /** Look for due mails now. */
  wake(): void;
  /** Finish what is in hand, then end. */
  stop(): Promise<void>;
}

/** Where this process's worker can be found: routes and worker are in bundles with their own copies of each module. */
export const mailWorkerSlot = globalThis as { latchkeyMailWorker?: MailWorker };

/**
 * Lets this process's mail worker look for due mails at once instead of at its next round. Call it after the commit of the
 * transaction that wrote the mail. Where no worker runs in this process, another one's next round finds the mail.
 */
export function wakeMailWorker(): void {
  mailWorkerSlot.latchkeyMailWorker?.wake();
}
