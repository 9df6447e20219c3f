{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#EMAIL_CHANGED}}[[The new address is confirmed]]{{/EMAIL_CHANGED}}{{#EMAIL_WITHDRAWN}}[[The address stays as it was]]{{/EMAIL_WITHDRAWN}}{{#EMAIL_RESTORED}}[[The old address is back]]{{/EMAIL_RESTORED}} - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{#EMAIL_CHANGED}}
<h1>[[The new address is confirmed]]</h1>
<p class="lead">[[Log in with it from now on, and with the password that you had.]]</p>
{{/EMAIL_CHANGED}}
{{#EMAIL_WITHDRAWN}}
<h1>[[The address stays as it was]]</h1>
<p class="lead">[[The change was stopped: the link that was sent to the other address opens nothing any more. If it was not you who asked for it, somebody knows your password: set a new one.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/reset">[[Set a new password]]</a></p>
{{/EMAIL_WITHDRAWN}}
{{#EMAIL_RESTORED}}
<h1>[[The old address is back]]</h1>
<p class="lead">[[All browsers were logged out. If it was not you who changed the address, somebody knows your password: set a new one now.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/reset">[[Set a new password]]</a></p>
{{/EMAIL_RESTORED}}
<p><a href="/{{LANG}}/home">[[My account]]</a></p>
</main>
{{>_foot}}
