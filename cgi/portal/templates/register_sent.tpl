{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Look into your mailbox]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Look into your mailbox]]</h1>
<p class="lead">[[If the data are right, a message with a link is on its way to the address you typed. The link opens your account, works once, and is good for 24 hours.]]</p>
<h2>[[Nothing arrived?]]</h2>
<ul>
<li>[[Look into the folder for unwanted mail.]]</li>
<li>[[Compare client code and bill number with the paper, and try once more.]] <a href="/{{LANG}}/register">[[Type them again]]</a></li>
{{#HAS_PHONE}}
<li>[[Call us at {{PHONE}}.]]</li>
{{/HAS_PHONE}}
</ul>
</main>
{{>_foot}}
