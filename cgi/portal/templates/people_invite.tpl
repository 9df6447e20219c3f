{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Invite somebody]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Invite somebody]]</h1>
<p class="lead">[[They get a link by e-mail and use a log-in of their own. You see what they do, and can end it at any time.]]</p>
<form method="post" action="/{{LANG}}/settings/people/invite" novalidate>
{{>_form}}
<div class="field{{#EMAIL_ERROR}} bad{{/EMAIL_ERROR}}">
<label for="email">[[Their e-mail address]]</label>
<p class="hint" id="email-hint">[[Only who reads this mailbox can accept.]]</p>
{{#EMAIL_ERROR}}
<p class="wrong" id="email-error">{{EMAIL_ERROR_TEXT}}</p>
{{/EMAIL_ERROR}}
<input type="email" id="email" name="email" value="{{EMAIL_VALUE}}" required maxlength="254" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="email-hint{{#EMAIL_ERROR}} email-error{{/EMAIL_ERROR}}"{{#EMAIL_ERROR}} aria-invalid="true"{{/EMAIL_ERROR}}>
</div>
<fieldset class="choices" id="preset">
<legend>[[Who is it?]]</legend>
{{#PRESET_ERROR}}
<p class="wrong">{{PRESET_ERROR_TEXT}}</p>
{{/PRESET_ERROR}}
<div><label for="preset-carer"><span>[[A relative or carer]]</span> <span class="hint">[[Sees the bills, pays, sends meter readings, makes requests.]]</span></label><input type="radio" id="preset-carer" name="preset" value="carer"{{#PRESET_IS_CARER}} checked{{/PRESET_IS_CARER}}></div>
<div><label for="preset-tenant"><span>[[A tenant]]</span> <span class="hint">[[Sees the bills, pays, sends meter readings.]]</span></label><input type="radio" id="preset-tenant" name="preset" value="tenant"{{#PRESET_IS_TENANT}} checked{{/PRESET_IS_TENANT}}></div>
<div><label for="preset-accountant"><span>[[An accountant]]</span> <span class="hint">[[Sees the bills and pays.]]</span></label><input type="radio" id="preset-accountant" name="preset" value="accountant"{{#PRESET_IS_ACCOUNTANT}} checked{{/PRESET_IS_ACCOUNTANT}}></div>
<div><label for="preset-administrator"><span>[[The administrator of an association]]</span> <span class="hint">[[Sees the bills, pays, sends meter readings, makes requests.]]</span></label><input type="radio" id="preset-administrator" name="preset" value="administrator"{{#PRESET_IS_ADMINISTRATOR}} checked{{/PRESET_IS_ADMINISTRATOR}}></div>
<div><label for="preset-own"><span>[[Somebody else]]</span> <span class="hint">[[You choose what they may do.]]</span></label><input type="radio" id="preset-own" name="preset" value="own"{{#PRESET_IS_OWN}} checked{{/PRESET_IS_OWN}}>
<div class="more">
<p><label for="see"><input type="checkbox" id="see" name="see" value="1"{{#SEE_IS_ON}} checked{{/SEE_IS_ON}}> [[see the bills]]</label></p>
<p><label for="pay"><input type="checkbox" id="pay" name="pay" value="1"{{#PAY_IS_ON}} checked{{/PAY_IS_ON}}> [[pay]]</label></p>
<p><label for="read_meter"><input type="checkbox" id="read_meter" name="read_meter" value="1"{{#READ_METER_IS_ON}} checked{{/READ_METER_IS_ON}}> [[send meter readings]]</label></p>
<p><label for="request"><input type="checkbox" id="request" name="request" value="1"{{#REQUEST_IS_ON}} checked{{/REQUEST_IS_ON}}> [[make requests]]</label></p>
<p class="hint">[[Whoever may do something sees the bills, too.]]</p>
</div></div>
</fieldset>
{{#ONE_PLACE}}
<input type="hidden" name="all" value="1">
{{/ONE_PLACE}}
{{#MORE_PLACES}}
<fieldset class="choices">
<legend>[[Which places?]]</legend>
{{#ALL_ERROR}}
<p class="wrong" id="all-error">{{ALL_ERROR_TEXT}}</p>
{{/ALL_ERROR}}
<div><label for="all">[[PLACE_COUNT: All my {{PLACE_COUNT}} place | All my {{PLACE_COUNT}} places]]</label><input type="checkbox" id="all" name="all" value="1"{{#ALL_IS_ON}} checked{{/ALL_IS_ON}}{{#ALL_ERROR}} aria-describedby="all-error"{{/ALL_ERROR}}></div>
{{#INVITE_PLACES}}
<div><label for="place_{{PLACE_NO}}"><span>{{PLACE_NAME}}</span> <span class="hint">[[Code …{{CODE_HINT}}]]</span></label><input type="checkbox" id="place_{{PLACE_NO}}" name="place_{{PLACE_NO}}" value="{{PLACE_ID}}"{{#PLACE_ON}} checked{{/PLACE_ON}}></div>
{{/INVITE_PLACES}}
</fieldset>
{{/MORE_PLACES}}
<div class="field{{#UNTIL_ERROR}} bad{{/UNTIL_ERROR}}">
<label for="until">[[Until when?]]</label>
<p class="hint" id="until-hint">[[The last day, at most two years from now. After it they see nothing.]]</p>
{{#UNTIL_ERROR}}
<p class="wrong" id="until-error">{{UNTIL_ERROR_TEXT}}</p>
{{/UNTIL_ERROR}}
<input class="short" type="date" id="until" name="until" value="{{UNTIL_VALUE}}" min="{{FIRST_DAY}}" max="{{LAST_DAY}}" required autocomplete="off" aria-describedby="until-hint{{#UNTIL_ERROR}} until-error{{/UNTIL_ERROR}}"{{#UNTIL_ERROR}} aria-invalid="true"{{/UNTIL_ERROR}}>
</div>
<p class="quiet">[[Nobody whom you invite can invite others, change your data, or see these people.]]</p>
<p class="actions"><button type="submit">[[Send the invitation]]</button> <a class="button second" href="/{{LANG}}/settings/people">[[Cancel]]</a></p>
</form>
</main>
{{>_foot}}
