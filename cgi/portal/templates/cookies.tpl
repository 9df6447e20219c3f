{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Cookies]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Cookies]]</h1>
<p class="lead">[[This site sets a cookie when you open a form, and a second one when you log in. Both are strictly necessary, so there is nothing to accept or refuse.]]</p>
<section class="slip" aria-label="[[The cookie]]">
<dl class="rows long">
<div><dt>[[Name]]</dt><dd>__Host-smetka</dd></div>
<div><dt>[[What is in it]]</dt><dd>[[a random number]]</dd></div>
<div><dt>[[What it is for]]</dt><dd>[[the bill and the payment you opened can be seen only in your browser; forms cannot be sent by other sites]]</dd></div>
<div><dt>[[Kept]]</dt><dd>[[48 hours; 30 days once you have logged in, so that we know the browser again]]</dd></div>
<div><dt>[[Who can read it]]</dt><dd>[[only this site]]</dd></div>
</dl>
</section>
<section class="slip" aria-label="[[The cookie of who is logged in]]">
<dl class="rows long">
<div><dt>[[Name]]</dt><dd>__Host-smetka-in</dd></div>
<div><dt>[[What is in it]]</dt><dd>[[a random number]]</dd></div>
<div><dt>[[What it is for]]</dt><dd>[[your account stays open in this browser]]</dd></div>
<div><dt>[[Kept]]</dt><dd>[[until you log out or close the browser; 30 days if you ticked "Keep me logged in"]]</dd></div>
<div><dt>[[Who can read it]]</dt><dd>[[only this site]]</dd></div>
</dl>
</section>
<p>[[There are no cookies for statistics or advertising, no counters of others, no content from other sites. If you delete the cookie, an open bill closes; a payment under way goes on, and the link in our e-mail leads to it.]]</p>
</main>
{{>_foot}}
