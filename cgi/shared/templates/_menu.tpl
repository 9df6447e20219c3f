{{%AUTOESCAPE context="HTML"}}
{{! The menu of who is logged in. }}
<div class="wrap menu">
<nav aria-label="[[My account]]">
<ul>
<li><a href="/{{LANG}}/home"{{#AT_HOME}} aria-current="page"{{/AT_HOME}}>[[Overview]]</a></li>
<li><a href="/{{LANG}}/invoices"{{#AT_INVOICES}} aria-current="page"{{/AT_INVOICES}}>[[Bills]]</a></li>
<li><a href="/{{LANG}}/payments"{{#AT_PAYMENTS}} aria-current="page"{{/AT_PAYMENTS}}>[[Payments]]</a></li>
<li><a href="/{{LANG}}/meters"{{#AT_METERS}} aria-current="page"{{/AT_METERS}}>[[Meters]]</a></li>
<li><a href="/{{LANG}}/charts"{{#AT_CHARTS}} aria-current="page"{{/AT_CHARTS}}>[[Charts]]</a></li>
<li><a href="/{{LANG}}/settings"{{#AT_SETTINGS}} aria-current="page"{{/AT_SETTINGS}}>[[Settings]]</a></li>
</ul>
</nav>
<form method="post" action="/{{LANG}}/logout">
<input type="hidden" name="csrf" value="{{CSRF}}">
<button class="second" type="submit">[[Log out]]</button>
</form>
</div>
