<!-- a line that begins as XML -->
var fromFile = 'text of a file';
if (1 < 2 && 2 > 1) fromFile += ', with < and &&';
