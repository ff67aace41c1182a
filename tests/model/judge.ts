import type { SessionCheck } from "@/features/session/check-session";
import type { SessionEndReason } from "@/features/session/end-reason";
import type { SessionClaims } from "@/features/session/session-claims";
import type { Instance } from "../support/instances";
import { LIFETIMES, type ModelSession } from "./model";

/** An instance, and when its feed was last read well. */
export interface Server extends Instance {
  lastGoodMs: number;
  /** Confirmations that it has in hand: session and generation. */
  readonly inHand: [ModelSession, number][];
}

/** A change of somebody's role. */
export interface Change {
  readonly version: number;
  readonly atMs: number;
  readonly by: Server;
}

/** A cookie shown to a server, at an instant of the clock that never steps. */
export interface Presentation {
  readonly session: ModelSession;
  readonly cookie: SessionClaims;
  readonly server: Server;
  /** Whether other servers were shown it at the same instant: then any of them may have ended the session. */
  readonly alone: boolean;
  /** By the server's own clock. */
  readonly secondsLeft: number;
  readonly atMs: number;
  /** How far clocks have stepped back in this story. */
  readonly slackMs: number;
  readonly mayRotate: boolean;
  readonly force: boolean;
  readonly fresh: boolean;
  readonly changes: readonly Change[];
  /** Whether somebody other than the honest browser may be about, or an answer came so late that it put an old cookie back. */
  readonly suspicious: boolean;
}

/** What the row holds after the step, and whether the step touched it. */
export interface SeenRow {
  readonly generation: number;
  readonly endReason: string | null;
  readonly touchedNow: boolean;
}

export function must(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

/** Holds an outcome against the model, and lets the model follow it. */
export function judge(shown: Presentation, outcome: SessionCheck, row: SeenRow): void {
  switch (outcome.state) {
    case "none":
      throw new Error("a good cookie was not recognised");
    case "unavailable":
      judgeUnavailable(shown);
      break;
    case "ended":
      judgeEnded(shown, outcome.reason);
      break;
    case "live":
      judgeLive(shown, outcome, row);
      break;
  }
  if (shown.mayRotate) shown.session.presented.add(shown.cookie.gen);
}

/** S10: only while the database is away, and only for what can't be decided without it. */
function judgeUnavailable({ server, fresh, force, secondsLeft, atMs, changes, cookie }: Presentation): void {
  must(server.weather !== "up", "unavailable, though the database is there");
  const outOfGrace = atMs - server.lastGoodMs > LIFETIMES.outageGraceMs;
  const newerClaims = changes.some(({ version }) => version > cookie.cv);
  must(fresh || force || secondsLeft <= 0 || outOfGrace || newerClaims, "unavailable inside its window and the grace");
}

/** S11: ended only if it was, or for a reason that holds now; the first reason stays. */
function judgeEnded(shown: Presentation, reason: SessionEndReason): void {
  const { session, cookie, atMs, slackMs } = shown;
  const allowed = session.answers(cookie.gen, atMs, slackMs);
  must(allowed.includes(reason), `ended as ${reason}, where the model allows: ${allowed.join(", ")}`);
  if (session.ended) return;
  must(reason !== "reuse_detected" || shown.suspicious, "an honest browser was taken for a thief");
  session.ended = { reason, atMs, by: shown.alone ? shown.server : null };
}

function judgeLive(shown: Presentation, outcome: SessionCheck & { state: "live" }, row: SeenRow): void {
  const { session, cookie, server, secondsLeft, atMs, slackMs } = shown;
  const { claims, rotated } = outcome;
  must(
    claims.gen >= cookie.gen && claims.sid === cookie.sid && claims.sub === cookie.sub,
    "an older or another's cookie",
  );
  must(claims.auth_time === cookie.auth_time && claims.aal === cookie.aal, "assurance got lost (S14)");
  must(claims.win <= claims.abs && claims.abs === cookie.abs, "a window past the session's end (S8)");
  judgeClaims(shown, claims);
  judgeDue(shown, rotated, claims);
  if (session.ended) {
    judgeLateAcceptance(shown, rotated);
    return;
  }

  must(atMs - session.bornMs < LIFETIMES.absoluteMs + slackMs, "accepted after the absolute timeout");
  must(atMs - session.touchedMs < LIFETIMES.idleMs + slackMs, "accepted after the idle timeout");
  const asked = rotated || secondsLeft <= 0;
  if (asked) {
    const allowed = session.answers(cookie.gen, atMs, slackMs);
    must(allowed.includes("live"), `accepted, where the model allows: ${allowed.join(", ")}`);
  }
  if (rotated) follow(shown, claims, row);
  else must(claims.gen === cookie.gen, "another generation without a rotation");
  if (shown.mayRotate && secondsLeft > 0) server.inHand.push([session, cookie.gen]);
}

/** S4, S5: the presented generation moves once; whoever comes after gets the same successor. */
function follow({ session, cookie, atMs }: Presentation, claims: SessionClaims, row: SeenRow): void {
  const lost = cookie.gen === session.generation - 1 && !session.confirmed.has(session.generation);
  if (cookie.gen === session.generation) session.advance(atMs);
  else if (lost && row.touchedNow) session.giveOutAgain(atMs);
  must(
    claims.gen === session.generation,
    `generation ${claims.gen} was issued, where ${session.generation} is the one`,
  );
}

/** S7, S8: rotated only where that may be, when it is due or asked for, and then for certain. */
function judgeDue(
  { mayRotate, force, secondsLeft, server, changes, cookie }: Presentation,
  rotated: boolean,
  claims: SessionClaims,
): void {
  must(mayRotate || !rotated, "rotated where no cookie can be written");
  const changed = changes.some(({ version }) => version > cookie.cv);
  const earliest = 0.15 * (LIFETIMES.accessMs / 1000);
  must(!rotated || force || changed || secondsLeft <= earliest, `rotated with ${secondsLeft} s left`);
  if (rotated || !mayRotate) return;
  must(secondsLeft > 0, "accepted after its window without being rotated");
  must(server.weather !== "up" || (!force && secondsLeft > earliest / 3), "not rotated when due");
  must(claims.win === cookie.win, "a longer window without a rotation");
}

/** S3, S9, S10: an ended session is accepted on other instances within the staleness, or in an outage within its grace. */
function judgeLateAcceptance({ session, server, secondsLeft, fresh, atMs }: Presentation, rotated: boolean): void {
  const { ended } = session;
  must(!rotated && secondsLeft > 0, "an ended session went on");
  must(ended?.by !== server, "an ended session was accepted where it was ended");
  must(!fresh, "an ended session was accepted by a fresh route");
  const endedMs = ended?.atMs ?? 0;
  const outage =
    server.weather !== "up" && endedMs >= server.lastGoodMs && atMs - server.lastGoodMs <= LIFETIMES.outageGraceMs;
  must(outage || atMs - endedMs <= LIFETIMES.stalenessMs, `an ended session was accepted after ${atMs - endedMs} ms`);
}

/** S3: what the cookie repeats about the person is as new as the staleness asks. */
function judgeClaims({ changes, server, fresh, atMs }: Presentation, claims: SessionClaims): void {
  const away = server.weather !== "up";
  const known = changes.filter(
    (change) =>
      change.by === server ||
      (away ? change.atMs < server.lastGoodMs : fresh || change.atMs < atMs - LIFETIMES.stalenessMs),
  );
  const version = Math.max(0, ...known.map((change) => change.version));
  must(claims.cv >= version, `claims of version ${claims.cv}, where ${version} is known`);
  must(claims.roles.join() === (claims.cv === 0 ? "" : `role-${claims.cv}`), "claims of another version");
}
