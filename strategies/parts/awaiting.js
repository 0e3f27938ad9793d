// For awaiting.xml.

// Milliseconds until what was scheduled may begin.
function early() {
  return Math.max(0, untilDesired() - _desired_connect_time_threshold * 1000);
}
