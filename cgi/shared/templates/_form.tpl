{{%AUTOESCAPE context="HTML"}}
{{! First child of every form: the form token, and a field that people never
  see and machines fill in. }}
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="trap" aria-hidden="true"><label>[[Leave this field empty]] <input name="website" value="" tabindex="-1" autocomplete="off"></label></div>
