{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Where you are logged in]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Where you are logged in]]</h1>
{{#NEWS_IS_ENDED}}
<p class="good" role="status">[[Logged out there.]]</p>
{{/NEWS_IS_ENDED}}
<ul class="plain">
{{#SESSIONS}}
<li class="note">
<h2>{{#HAS_AGENT}}{{AGENT}}{{/HAS_AGENT}}{{#AGENT_UNKNOWN}}[[Unknown browser]]{{/AGENT_UNKNOWN}}{{#OWN}} <span class="quiet">[[this one]]</span>{{/OWN}}</h2>
<p>[[Since {{STARTED_AT}}, last used {{SEEN_AT}}]]</p>
{{#OTHER}}
<form method="post" action="/{{LANG}}/account/sessions">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="session" value="{{SESSION_ID}}">
<p class="actions"><button class="second" type="submit">[[Log out there]]</button></p>
</form>
{{/OTHER}}
</li>
{{/SESSIONS}}
</ul>
{{#HAS_OTHERS}}
<form method="post" action="/{{LANG}}/account/sessions" novalidate>
{{>_form}}
<p class="actions"><button type="submit">[[Log out everywhere else]]</button></p>
</form>
{{/HAS_OTHERS}}
</main>
{{>_foot}}
