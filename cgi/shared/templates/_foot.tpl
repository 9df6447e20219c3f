{{%AUTOESCAPE context="HTML"}}
</div>
<footer class="bottom">
<div class="wrap">
<section class="help" aria-labelledby="help-title">
<h2 id="help-title">[[Do you need help?]]</h2>
{{#HAS_PHONE}}
<p><a class="phone" href="tel:{{PHONE_URL}}">{{PHONE}}</a>{{#HAS_HOURS}}<br><span class="quiet">{{HOURS}}</span>{{/HAS_HOURS}}</p>
{{/HAS_PHONE}}
<p><a href="/{{LANG}}/contact">[[All the ways to reach us]]</a></p>
</section>
<nav aria-label="[[About this site]]">
<ul class="links">
<li><a href="/{{LANG}}/services">[[Online services]]</a></li>
<li><a href="/{{LANG}}/terms">[[Terms of use]]</a></li>
<li><a href="/{{LANG}}/privacy">[[Personal data]]</a></li>
<li><a href="/{{LANG}}/cookies">[[Cookies]]</a></li>
<li><a href="/{{LANG}}/accessibility">[[Accessibility]]</a></li>
</ul>
</nav>
<div class="legal">
{{#HAS_REGULATOR}}
<p>[[Complaints that we could not settle go to:]] {{>_regulator}}</p>
{{/HAS_REGULATOR}}
<p>{{COMPANY_LEGAL}}</p>
</div>
</div>
</footer>
</body>
</html>
