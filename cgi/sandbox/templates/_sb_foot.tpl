{{%AUTOESCAPE context="HTML"}}
</main>
</div>
<footer class="bottom">
<div class="wrap">
<p class="quiet">This is a sandbox. No card is charged and no mail leaves this machine.</p>
</div>
</footer>
</body>
</html>
