// What an agent's retry_now and retry_later begin (disposition.xml): the customer is called anew.

// Attempts before count no more.
function beginRound() {
  uncounted = attempt;
  cut_off = false;
  transfers = 0;
  waited_enough = false;
  accepted = false;
  verdict = undefined;
  reason = 'NOT_AVAILABLE';
}
function appoint() {
  _desired_time = outcome.desired_time;
  if (outcome.customer_number) callAt(outcome.customer_number);
  _customer_number = number;
}
