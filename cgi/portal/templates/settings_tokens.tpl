{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Tokens for programs]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Tokens for programs]]</h1>
<p class="lead">[[A program of yours, a home automation or your bookkeeping, can read your places and bills with a token instead of your password. It can pay and change nothing.]]</p>
{{#NEWS_IS_ENDED}}
<p class="good" role="status">[[Revoked. It opens nothing any more.]]</p>
{{/NEWS_IS_ENDED}}
{{#HAS_TOKENS}}
<ul class="plain">
{{#TOKENS}}
<li class="note">
<h2>{{API_TOKEN_NAME}}</h2>
<dl class="rows long">
<div><dt>[[May]]</dt><dd>[[see your places, balances and bills]]</dd></div>
<div><dt>[[Until]]</dt><dd>{{API_TOKEN_UNTIL}}</dd></div>
<div><dt>[[Made]]</dt><dd>{{API_TOKEN_MADE}}</dd></div>
<div><dt>[[Last used]]</dt><dd>{{#API_TOKEN_NEVER}}[[never]]{{/API_TOKEN_NEVER}}{{#API_TOKEN_USED}}{{API_TOKEN_SEEN}}{{/API_TOKEN_USED}}</dd></div>
</dl>
<form method="post" action="/{{LANG}}/settings/tokens">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="token" value="{{API_TOKEN_ID}}">
<p class="actions"><button class="second" type="submit">[[Revoke]]</button></p>
</form>
</li>
{{/TOKENS}}
</ul>
{{/HAS_TOKENS}}
<section>
<h2>[[A new token]]</h2>
<form method="post" action="/{{LANG}}/settings/tokens" novalidate>
{{>_form}}
<div class="field{{#NAME_ERROR}} bad{{/NAME_ERROR}}">
<label for="name">[[What it is for]]</label>
<p class="hint" id="name-hint">[[A name by which you know it again.]]</p>
{{#NAME_ERROR}}
<p class="wrong" id="name-error">{{NAME_ERROR_TEXT}}</p>
{{/NAME_ERROR}}
<input id="name" name="name" value="{{NAME_VALUE}}" required maxlength="60" autocomplete="off" inputmode="text" aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}"{{#NAME_INVALID}} aria-invalid="true"{{/NAME_INVALID}}>
</div>
<div class="field{{#UNTIL_ERROR}} bad{{/UNTIL_ERROR}}">
<label for="until">[[Last day]]</label>
<p class="hint" id="until-hint">[[At most a year from today.]]</p>
{{#UNTIL_ERROR}}
<p class="wrong" id="until-error">{{UNTIL_ERROR_TEXT}}</p>
{{/UNTIL_ERROR}}
<input type="date" id="until" name="until" value="{{UNTIL_VALUE}}" required max="{{API_TOKEN_LAST}}" autocomplete="off" inputmode="numeric" aria-describedby="until-hint{{#UNTIL_ERROR}} until-error{{/UNTIL_ERROR}}"{{#UNTIL_INVALID}} aria-invalid="true"{{/UNTIL_INVALID}}>
</div>
<p class="actions"><button type="submit">[[Make a token]]</button> <a class="button second" href="/{{LANG}}/settings">[[Back to the settings]]</a></p>
</form>
<p class="quiet">[[Whoever has a token sees your bills: give it to nobody whom you would not show them. A new password ends all tokens, and we tell you by e-mail when one is made.]]</p>
</section>
</main>
{{>_foot}}
