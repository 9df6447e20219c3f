{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Your data]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Your data]]</h1>
{{#NEWS_IS_KEPT}}
<p class="good" role="status">[[The account stays.]]</p>
{{/NEWS_IS_KEPT}}
{{#IS_CLOSING}}
<section class="warn" role="status">
<h2>[[Your account closes on {{CLOSES_ON}}]]</h2>
<p>[[Until then all works as before. If you change your mind, press the button here or in the mail that we sent you.]]</p>
<form method="post" action="/{{LANG}}/settings/data" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="do" value="keep">
<p class="actions"><button type="submit">[[Keep the account]]</button></p>
</form>
</section>
{{/IS_CLOSING}}
<section>
<h2>[[Take them along]]</h2>
<p>[[One file with your profile, contracts, bills, payments, meter readings and the log of your account: as JSON for programs and as CSV for spreadsheets.]]</p>
<form method="post" action="/{{LANG}}/settings/data" novalidate>
{{>_form}}
<input type="hidden" name="do" value="export">
<p class="actions"><button type="submit"{{#IS_CLOSING}} class="second"{{/IS_CLOSING}}>[[Save my data]]</button></p>
</form>
</section>
<section>
<h2 id="stays">[[What can be erased, and what must stay]]</h2>
<table aria-labelledby="stays">
<tbody>
<tr><th scope="row">[[When the account is closed]]</th><td>[[Your password, e-mail address, second step, browsers, tokens, names of places and what you let others see are erased. Of the address a keyed hash is left.]]</td></tr>
<tr><th scope="row">[[Contracts]]</th><td>[[stay as long as you are supplied]]</td></tr>
<tr><th scope="row">[[Bills and payments]]</th><td>[[RETENTION_YEARS: stay {{RETENTION_YEARS}} year after the year in which they were made, as accounting law wants it | stay {{RETENTION_YEARS}} years after the year in which they were made, as accounting law wants it]]{{#HAS_KEPT_UNTIL}}<br><span class="quiet">[[Your newest bill, of {{NEWEST_ON}}: until {{KEPT_UNTIL}}]]</span>{{/HAS_KEPT_UNTIL}}</td></tr>
<tr><th scope="row">[[The log of the account]]</th><td>[[stays as proof of what was done with it, with the addresses that it names, as long as the bills]]</td></tr>
</tbody>
</table>
<p class="quiet"><a href="/{{LANG}}/privacy">[[More about personal data]]</a></p>
</section>
{{#IS_STAYING}}
<section>
<h2>[[Close the account]]</h2>
<p>[[The account is closed in 14 days. Until then you can keep it, by the link in the mail that we send or after logging in. The contract with us and what is to be paid are not touched: bills come as before, and are paid without an account.]]</p>
<form method="post" action="/{{LANG}}/settings/data" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="do" value="close">
<div class="field{{#SURE_ERROR}} bad{{/SURE_ERROR}}">
{{#SURE_ERROR}}
<p class="wrong" id="sure-error">{{SURE_ERROR_TEXT}}</p>
{{/SURE_ERROR}}
<label for="sure"><input type="checkbox" id="sure" name="sure" value="1"{{#SURE_ERROR}} aria-describedby="sure-error"{{/SURE_ERROR}}{{#SURE_INVALID}} aria-invalid="true"{{/SURE_INVALID}}> [[Close my account]]</label>
</div>
<p class="actions"><button class="second" type="submit">[[Close in 14 days]]</button></p>
</form>
</section>
{{/IS_STAYING}}
<p class="actions"><a class="button second" href="/{{LANG}}/settings">[[Back to the settings]]</a></p>
</main>
{{>_foot}}
