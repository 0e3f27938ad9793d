// By which number and code a customer calls (user-originated.scxml).

// The values of a group of the list GMS_Resources are its numbers. Undefined: there is none.
function accessNumbers() {
  try {
    return Object.values(_genesys.session.getListItemValue('GMS_Resources', _resource_group) || {});
  } catch (noSuchList) {
    return [];
  }
}
function anyNumber() {
  const numbers = accessNumbers();
  return numbers[Math.floor(Math.random() * numbers.length)];
}
function anyCode() {
  return Array.from({ length: _access_code_length }, function () {
    return Math.floor(Math.random() * 10);
  }).join('');
}
// The dialog with which a device calls.
function numberToDial() {
  const code = access_code === undefined ? {} : { _access_code: access_code };
  return Object.assign(
    {
      _dialog_id: '0',
      _action: 'DialNumber',
      _label: texts.call_now,
      _tel_url: 'tel:' + access_number,
      _access_number: access_number,
      _expiration_time: new Date(until).toISOString(),
      _id: _service_id,
    },
    code,
  );
}
