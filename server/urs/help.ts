/** The text of `/urs/help/call/lvq`: what `lvq.ts` takes and answers. */
export const help = `lvq: how long it is to wait in a virtual queue

GET /urs/call/<call>/lvq?name=<queue>&aqt=urs&tenant=<tenant>
GET /urs/call/<call>/lvq/<queue>?aqt=urs

<call>   max: the call that would come next; or the id of an interaction, or of a request of queue:submit, that waits
name     the virtual queue, configured or not; it begins with the first call that names it
aqt      urs (default): by the time that the last calls spent in the queue
         urs2: by the time that its agents spend on a call
         stat: Stat Server's ExpectedWaitTime of the queue
tenant   taken and not needed: there is one tenant
scale    true or false; changes nothing, for all times are seconds

The answer is a JSON object, empty while the queue has no activity:

wcalls   as calls: calls have no weights here
wpos     as pos
time     of this answer, in seconds since 1970
hit      calls that went from this queue to an agent since this server runs
calls    calls that wait in it
wt       seconds that <call> has waited; 0 for max
ewt      seconds that <call> will have to wait: aqt x pos; absent while too little is known
pos      place of <call>, calls + 1 for max; 0 while an agent is reserved for it
aqt      seconds that a call takes, by the method of the parameter aqt; absent while too little is known
`;
