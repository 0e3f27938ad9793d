/**
 * What of `_genesys.ixn` answers at once: constants, and functions on the view. `getuData(key, id)`: without an id of the first
 * interaction, without a key all of it; undefined where there is none. `getMediaIntValue(name)`: -1 for what it does not know.
 */
import { CallState } from '../../../voice/port.js';

/** ORS interface, media types; strategies write the names with and without `TMedia`. */
export const media = {
  TMediaVoice: 0,
  TMediaVoIP: 1,
  TMediaEMail: 2,
  TMediaVMail: 3,
  TMediaSMail: 4,
  TMediaChat: 5,
  TMediaVideo: 6,
  TMediaCobrowsing: 7,
  TMediaWhiteboard: 8,
  TMediaAppSharing: 9,
  TMediaWebform: 10,
  TMediaWorkItem: 11,
  TMediaCallback: 12,
  TMediaFax: 13,
  TMediaIMChat: 14,
  TMediaBusinessEvent: 15,
  TMediaAlert: 16,
  TMediaSMS: 17,
} as const;

export const library = `{
  callState: ${JSON.stringify(CallState)},
  mediaType: ${JSON.stringify(media)},
  getuData(key, id) {
    const found = this.interactions && this.interactions[id === undefined ? 0 : id];
    if (found === undefined) return undefined;
    return key === undefined ? found.udata : found.udata[key];
  },
  getMediaIntValue(name) {
    const known = this.mediaType, text = String(name);
    const full = text.startsWith('TMedia') ? text : 'TMedia' + text;
    return Object.hasOwn(known, full) ? known[full] : -1;
  }
}`;
