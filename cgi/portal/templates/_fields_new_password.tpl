{{%AUTOESCAPE context="HTML"}}
<div class="field{{#PASSWORD_ERROR}} bad{{/PASSWORD_ERROR}}">
<label for="password">[[New password]]</label>
<p class="hint" id="password-hint">[[At least 10 characters. Three or four words that do not belong together are good; you may paste it.]]</p>
{{#PASSWORD_ERROR}}
<p class="wrong" id="password-error">{{PASSWORD_ERROR_TEXT}}</p>
{{/PASSWORD_ERROR}}
<input type="password" id="password" name="password" required maxlength="600" autocomplete="new-password" aria-describedby="password-hint{{#PASSWORD_ERROR}} password-error{{/PASSWORD_ERROR}}"{{#PASSWORD_ERROR}} aria-invalid="true"{{/PASSWORD_ERROR}}>
</div>
<div class="field{{#PASSWORD_AGAIN_ERROR}} bad{{/PASSWORD_AGAIN_ERROR}}">
<label for="password_again">[[The same password again]]</label>
{{#PASSWORD_AGAIN_ERROR}}
<p class="wrong" id="password_again-error">{{PASSWORD_AGAIN_ERROR_TEXT}}</p>
{{/PASSWORD_AGAIN_ERROR}}
<input type="password" id="password_again" name="password_again" required maxlength="600" autocomplete="new-password"{{#PASSWORD_AGAIN_ERROR}} aria-describedby="password_again-error"{{/PASSWORD_AGAIN_ERROR}}{{#PASSWORD_AGAIN_ERROR}} aria-invalid="true"{{/PASSWORD_AGAIN_ERROR}}>
</div>
