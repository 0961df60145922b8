import { answerParent } from '../child.ts';
import { type Drive, driveClosed, driveOpen, type Driven } from './drive.ts';
import { startStandIn } from './stand-in.ts';

const standIn = await startStandIn();
const open: { stop: boolean; driving: Promise<Driven> | undefined } = { stop: false, driving: undefined };

answerParent({
  port: () => standIn.port,
  closed: ({ drive, count }: { drive: Drive; count: number }) => driveClosed(drive, standIn, count),
  /** Starts an open loop; `finish` ends it and gives what was measured. */
  begin({ drive, perSecond }: { drive: Drive; perSecond: number }) {
    open.stop = false;
    open.driving = driveOpen(drive, standIn, perSecond, () => open.stop);
    // Whoever asks to finish hears of a failure; until then it waits.
    open.driving.catch(() => undefined);
  },
  finish() {
    open.stop = true;
    return open.driving;
  },
});
