<!-- What every workflow of the corpus begins with. -->
/* The application's variables, as one object. */
var system = {
  InteractionID: '',
  RequestID: '',
  LastErrorEvent: undefined,
  // where retries stand
  Attempts: 0,
};
function shown(value) {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}
