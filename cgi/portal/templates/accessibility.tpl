{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Accessibility]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Accessibility]]</h1>
<p class="lead">[[{{COMPANY_NAME}} wants everybody to be able to see and pay a bill here: with a keyboard, a screen reader, a magnifier, a small telephone, a slow line.]]</p>
<h2>[[How far we are]]</h2>
<p>[[This site is made to conform to EN 301 549 V3.2.1, which takes in the success criteria A and AA of WCAG 2.1, and to the new AA criteria of WCAG 2.2. We know of no part of our own pages that does not conform.]]</p>
<ul>
<li>[[Everything works without JavaScript, by keyboard alone, and at 400 % zoom.]]</li>
<li>[[Contrast is at least 4.5 to 1 in the light and the dark appearance; the site follows the setting of your device.]]</li>
<li>[[Mistakes in forms are listed at the top, with links to the fields, and what you typed is kept.]]</li>
<li>[[Pages are in Romanian, Bulgarian and English, and say so to screen readers.]]</li>
</ul>
<h2>[[What does not depend on us alone]]</h2>
<p>[[The page on which you type the card belongs to the card processor. A bill can be seen for a limited time after you typed the code, to protect it; typing the code again opens it anew, as often as you like.]]</p>
<h2>[[Other ways]]</h2>
<p>[[We read out the bill on the telephone, send it in large print, and take payments at the cash desks.]] <a href="/{{LANG}}/contact">[[All the ways to reach us]]</a></p>
<h2>[[Tell us about a barrier]]</h2>
<p>[[Say on which page you were and what did not work. We answer within 15 days.]]</p>
{{#HAS_COMPANY_EMAIL}}
<p>[[E-mail]]: <a href="mailto:{{COMPANY_EMAIL}}">{{COMPANY_EMAIL}}</a></p>
{{/HAS_COMPANY_EMAIL}}
{{#HAS_PHONE}}
<p>[[Telephone]]: <a href="tel:{{PHONE_URL}}">{{PHONE}}</a></p>
{{/HAS_PHONE}}
<p>[[If our answer does not help, you may turn to the consumer protection authority: ANPC in Romania (anpc.ro), КЗП in Bulgaria (kzp.bg).]]</p>
<h2>[[This statement]]</h2>
<p>[[It rests on our own evaluation: automatic tests of every page at each release, the use of the keyboard among them.]]</p>
</main>
{{>_foot}}
