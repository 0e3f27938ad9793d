/** Events as the engine sees them, and the data they carry. SCXML 5.10.1 */

/**
 * A datamodel value as JSON. What JSON cannot say is tagged: `{"$undefined":1}`, `{"$number":"NaN"}`, `{"$date":ms}`,
 * `{"$bigint":"1"}`, `{"$regexp":["a+","g"]}`, `{"$map":[[k,v]]}`, `{"$set":[v]}`, `{"$xml":"<a/>"}`, `{"$ref":n}` for
 * the n-th object met (shared or cyclic); an own key that starts with `$` is written with one `$` more.
 */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

type EventType = 'platform' | 'internal' | 'external';

/** The five fields of `_event` that SCXML 5.10.1 names, and the data. Absent data is JavaScript `undefined`. */
export interface ScxmlEvent {
  readonly name: string;
  /** Another name that transitions match: what SCXML 1.0 calls an event that ORS calls otherwise. The document sees `name`. */
  readonly alias?: string | undefined;
  readonly type: EventType;
  readonly sendid?: string | undefined;
  readonly origin?: string | undefined;
  readonly origintype?: string | undefined;
  readonly invokeid?: string | undefined;
  readonly data?: Data | undefined;
  /**
   * The message as it was sent, where it says more than `data`: over the wire (Basic HTTP), or, as JSON `[[name, value], ...]`,
   * parameters of which several have one name. Shown as `_event.raw`.
   */
  readonly raw?: string | undefined;
  /** Of done.invoke: the id of the session that is over. Not shown. */
  readonly from?: string | undefined;
}

/** The SCXML Event I/O Processor's type, and its short form. SCXML C.1 */
export const SCXML_PROCESSOR = 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor';
/** The Basic HTTP Event I/O Processor's type. SCXML C.2 */
export const HTTP_PROCESSOR = 'http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor';
/** The invoke type of SCXML documents. SCXML 6.4 */
export const SCXML_INVOKE = 'http://www.w3.org/TR/scxml/';

/** Whether an invoke type means SCXML, as none does. SCXML 6.4.1 */
export const isScxmlInvoke = (type: string): boolean =>
  type === 'scxml' || type === SCXML_INVOKE || type === SCXML_INVOKE.slice(0, -1);
