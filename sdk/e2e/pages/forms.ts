// A page with two forms: one that is sent by a script, and one that its visitor gives up.

export const FORMS = `
<form name="booking" onsubmit="event.preventDefault(); document.title = 'Thank you'">
  <input type="hidden" name="token" value="sesame7351">
  <label>Name <input name="name" autofocus required></label>
  <label>Mail <input name="mail" type="email" required></label>
  <label><input type="radio" name="boat" value="dhow"> Dhow</label>
  <label><input type="radio" name="boat" value="ngalawa"> Ngalawa</label>
  <select name="guests"><option value="">How many?</option><option value="2">Two</option></select>
  <label><input type="checkbox" name="terms"> Agreed</label>
  <button id="book">Book</button>
</form>
<form aria-label="Letter" novalidate>
  <input name="id" type="tel">
  <input name="children" type="number">
  <textarea name="name"></textarea>
  <button>Send</button>
</form>
<form id="untouched" hidden><input name="search"></form>`
