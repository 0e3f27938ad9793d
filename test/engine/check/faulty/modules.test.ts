import { judge, entry } from './faulty.js';

describe('an author is told of actions of modules', () => {
  judge([
    [
      'an action that the module does not have',
      entry('<p:cal to="1"/>'),
      'error 3:1: <cal> is no action of the module "http://x.org/phone": did you mean <call>?',
    ],
    [
      'one that is like no other',
      entry('<p:hold/>'),
      'error 3:1: <hold> is no action of the module "http://x.org/phone": it has <call>, <play>',
    ],
    [
      'a module that there is not',
      entry('<q:call xmlns:q="http://x.org/phones"/>'),
      'warning 3:1: <call> will fail: no module has the namespace "http://x.org/phones": did you mean x.org/phone?',
    ],
    [
      'a misspelt attribute',
      entry('<p:call to="1" moed="x"/>'),
      'error 3:22: <call> has no attribute "moed": did you mean mode?',
    ],
    ['a missing attribute', entry('<p:call mode="x"/>'), 'error 3:1: <call> needs the attribute "to"'],
    ['an attribute that does not parse', entry('<p:call to="1 +"/>'), 'error 3:16: Unexpected token'],
    [
      'an attribute that reads what is not there',
      entry('<p:call to="number"/>'),
      'warning 3:13: variable "number" is read and not declared',
    ],
    [
      'a requestid that is not declared',
      entry('<p:call to="1" requestid="r"/>'),
      'error 3:27: variable "r" is assigned to',
    ],
    [
      'a parameter without a name',
      entry('<p:call to="1"><param expr="1"/></p:call>'),
      'error 3:16: <param> needs the attribute name',
    ],
    [
      'a parameter where none is taken',
      entry('<p:play><param name="a" expr="1"/></p:play>'),
      'warning 3:9: <param> in <play> is ignored',
    ],
    [
      'a misspelt child',
      entry('<p:play><p:voices><p:voic expr="1"/></p:voices></p:play>'),
      'warning 3:19: <voic> in <voices> is ignored: did you mean <voice>?',
    ],
    [
      'a misspelt attribute of a child',
      entry('<p:play><p:voices><p:voice expt="1"/></p:voices></p:play>'),
      'warning 3:34: unknown attribute expt of <voice> is ignored: did you mean expr?',
    ],
    [
      'nothing',
      entry(
        '<p:call to="1"><param name="a" expr="1"/></p:call><p:play><content expr="1"/><p:voices><p:voice expr="2"/></p:voices></p:play>',
      ),
    ],
  ]);
});
