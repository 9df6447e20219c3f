{{%AUTOESCAPE context="HTML"}}
<div class="field{{#PASSWORD_ERROR}} bad{{/PASSWORD_ERROR}}">
<label for="password">[[Password]]</label>
{{#PASSWORD_ERROR}}
<p class="wrong" id="password-error">{{PASSWORD_ERROR_TEXT}}</p>
{{/PASSWORD_ERROR}}
<input type="password" id="password" name="password" required maxlength="600" autocomplete="current-password"{{#PASSWORD_ERROR}} aria-describedby="password-error"{{/PASSWORD_ERROR}}{{#PASSWORD_ERROR}} aria-invalid="true"{{/PASSWORD_ERROR}}>
</div>
