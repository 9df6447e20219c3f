{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[People]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[People]]</h1>
<p class="lead">[[Who else sees your places, what they may do there, and until when.]]</p>
{{#NEWS_IS_SENT}}
<p class="good" role="status">[[The invitation is on its way by e-mail. It can be accepted within 14 days.]]</p>
{{/NEWS_IS_SENT}}
{{#NEWS_IS_ENDED}}
<p class="good" role="status">[[Ended. They see nothing of yours any more, and were told by e-mail.]]</p>
{{/NEWS_IS_ENDED}}
{{#NEWS_IS_WITHDRAWN}}
<p class="good" role="status">[[The invitation was withdrawn: its link opens nothing any more.]]</p>
{{/NEWS_IS_WITHDRAWN}}
{{#MAY_NOT_INVITE}}
<p class="note">[[Only the holder of a contract, or who represents the holder, can invite others.]]</p>
{{/MAY_NOT_INVITE}}
{{#MAY_INVITE}}
{{#PEOPLE_NONE}}
<p>[[Nobody but you. You can let a relative, a tenant, an accountant or an administrator in, with a log-in of their own: nobody has to know your password.]]</p>
{{/PEOPLE_NONE}}
<p class="actions"><a class="button" href="/{{LANG}}/settings/people/invite">[[Invite somebody]]</a></p>
<ul class="plain">
{{#PEOPLE}}
<li class="note">
<h2>{{PERSON_EMAIL}}</h2>
{{#IS_INVITED}}
<p class="quiet">[[Invited, has not answered yet.]]</p>
{{/IS_INVITED}}
{{#IS_OWNER}}
<p class="quiet">[[An owner like you: may do everything, also invite others.]]</p>
{{/IS_OWNER}}
{{#GRANTS}}
<dl class="rows long">
{{#HAS_GRANT}}
<div><dt>[[May]]</dt><dd>{{GRANT_MAY}}</dd></div>
<div><dt>[[Until]]</dt><dd>{{GRANT_UNTIL}}</dd></div>
{{/HAS_GRANT}}
<div><dt>[[Where]]</dt><dd>{{GRANT_PLACES}}</dd></div>
</dl>
{{/GRANTS}}
{{#IS_DELEGATE}}
<form method="post" action="/{{LANG}}/settings/people">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="person" value="{{PERSON}}">
<p class="actions"><button class="second" type="submit">[[End it now]]</button></p>
</form>
{{/IS_DELEGATE}}
{{#IS_INVITED}}
<form method="post" action="/{{LANG}}/settings/people">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="person" value="{{PERSON}}">
<p class="actions"><button class="second" type="submit">[[Withdraw the invitation]]</button></p>
</form>
{{/IS_INVITED}}
</li>
{{/PEOPLE}}
</ul>
{{#HAS_ACTIONS}}
<section class="slip">
<h2>[[What happened last]]</h2>
<dl class="rows long">
{{#PEOPLE_ACTIONS}}
<div><dt>{{ACTION_AT}}</dt><dd>{{ACTION_WHO}}: {{ACTION_WHAT}}</dd></div>
{{/PEOPLE_ACTIONS}}
</dl>
</section>
{{/HAS_ACTIONS}}
{{/MAY_INVITE}}
</main>
{{>_foot}}
