{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Look into your mailbox]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Look into your mailbox]]</h1>
<p class="lead">[[We have sent a link to the e-mail address you typed, if the data are right. It opens the bill, works once, and is good for 20 minutes.]]</p>
<section class="note" aria-labelledby="why-title">
<h2 id="why-title">[[Why this detour?]]</h2>
<p>[[Many codes were typed from your network in a short time. The link keeps strangers from guessing codes, without a puzzle to solve.]]</p>
</section>
<h2>[[Nothing arrived?]]</h2>
<ul>
<li>[[Look into the folder for unwanted mail.]]</li>
<li>[[Check the payment code and the address, and try once more in 10 minutes.]] <a href="/{{LANG}}/pay">[[Type them again]]</a></li>
{{#HAS_PHONE}}
<li>[[Call us at {{PHONE}}: you can also pay by telephone banking or at a cash desk.]]</li>
{{/HAS_PHONE}}
</ul>
</main>
{{>_foot}}
