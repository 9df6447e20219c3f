{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Look into your mailbox]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Look into your mailbox]]</h1>
<p class="lead">[[If there is an account with the address you typed, a message with a link is on its way to it. The link works once, within 30 minutes.]]</p>
<ul>
<li>[[Look into the folder for unwanted mail.]]</li>
<li>[[Your account may have another address.]] <a href="/{{LANG}}/reset">[[Type another one]]</a></li>
{{#HAS_PHONE}}
<li>[[Call us at {{PHONE}}.]]</li>
{{/HAS_PHONE}}
</ul>
</main>
{{>_foot}}
