{{%AUTOESCAPE context="HTML"}}
<div class="field{{#EMAIL_ERROR}} bad{{/EMAIL_ERROR}}">
<label for="email">[[E-mail address]]</label>
<p class="hint" id="email-hint">[[Or the user name that you were given at our office.]]</p>
{{#EMAIL_ERROR}}
<p class="wrong" id="email-error">{{EMAIL_ERROR_TEXT}}</p>
{{/EMAIL_ERROR}}
<input type="text" id="email" name="email" value="{{EMAIL_VALUE}}" required maxlength="254" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="email-hint{{#EMAIL_ERROR}} email-error{{/EMAIL_ERROR}}"{{#EMAIL_ERROR}} aria-invalid="true"{{/EMAIL_ERROR}}>
</div>
