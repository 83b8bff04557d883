### Das Portal auf Deutsch.

language-name = Deutsch
persona-language = de

## Auf jeder Seite

skip = Zum Inhalt springen
links = Hilfe und Datenschutz
languages = Sprache
help = Hilfe erhalten
privacy = Datenschutz
try-again = Erneut versuchen

home-title = Identitätsprüfung
home-text = Um Ihre Prüfung für { $company } fortzusetzen, öffnen Sie bitte den persönlichen Link, den Sie erhalten haben. Wenn Sie ihn nicht mehr haben, bitten Sie { $company } um einen neuen.

## Die Seite eines Links

welcome-title = Setzen Sie Ihre Prüfung fort
welcome-text = { $company } bittet Sie, die Bestätigung Ihrer Identität abzuschließen. Sie können dort weitermachen, wo Sie aufgehört haben.
welcome-elsewhere = Dieser Link wurde schon auf einem anderen Gerät geöffnet. Um hier weiterzumachen, bestätigen Sie bitte Ihr Geburtsdatum.
step-time = { $plural ->
    [one] Es dauert ungefähr eine Minute.
   *[other] Es dauert ungefähr { $minutes } Minuten.
}
step-document = Halten Sie Ihren Ausweis bereit und sorgen Sie für gutes Licht für die Kamera.
step-progress = Was Sie bisher getan haben, bleibt erhalten. Sie können jederzeit aufhören.
step-until = Ihr Link funktioniert bis { $until }.
continue = Prüfung fortsetzen
birthdate = Geburtsdatum
birthdate-why = Nur um sicherzugehen, dass Sie es sind. Es wird verglichen und nicht gespeichert.

## Wo ein Besuch steht

stage-working = Ihre Prüfung wird geöffnet …
stage-loading = Wird geladen. Das kann einen Moment dauern.
stage-checking = Das Ergebnis wird abgerufen …
stage-waiting = Vielen Dank. Das Ergebnis liegt noch nicht vor. Sie können gleich noch einmal nachsehen oder diese Seite schließen.
stage-offline = Wir sind gerade nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es dann erneut. Es geht nichts verloren.
stage-cancelled = Sie haben die Prüfung verlassen. Was Sie getan haben, bleibt erhalten; machen Sie weiter, wann immer Sie möchten.
stage-session-lost = Die Prüfung hat die Verbindung zu Ihnen verloren. Drücken Sie die Schaltfläche, um dort weiterzumachen, wo Sie aufgehört haben.
stage-flow-error = Die Prüfung wurde wegen eines Fehlers beendet. Bitte versuchen Sie es erneut oder nutzen Sie einen der anderen Wege unten.
stage-camera-denied = Die Kamera konnte nicht verwendet werden. Erlauben Sie sie in den Einstellungen Ihres Browsers und versuchen Sie es erneut, oder machen Sie auf Ihrem Telefon weiter.
stage-frame-stalled = Es dauert länger als üblich. Sie können warten oder einen der anderen Wege nutzen.
stage-script-blocked = Ihr Browser hat den Start der Prüfung verhindert. Schalten Sie Inhaltsblocker für diese Seite aus oder nutzen Sie einen der anderen Wege unten.
stage-factor-needed = Bitte geben Sie Ihr Geburtsdatum ein, um fortzufahren.
stage-factor-wrong = Dieses Datum ist nicht das, das wir kennen. Bitte prüfen Sie es und versuchen Sie es erneut.
stage-too-many = Das war etwas zu oft. Bitte warten Sie eine Minute und versuchen Sie es dann erneut.
stage-persona-unavailable = Der Prüfdienst antwortet gerade nicht. Bitte versuchen Sie es in einer Minute erneut. Ihr Link bleibt gültig und es geht nichts verloren.
stage-internal = Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es in einer Minute erneut. Ihr Link bleibt gültig und es geht nichts verloren.

## Andere Wege

hosted = Auf einer ganzen Seite öffnen
phone = Auf dem Telefon weitermachen
check-again = Noch einmal nachsehen
dialog-title = Identitätsprüfung
close = Schließen
phone-title = Machen Sie auf Ihrem Telefon weiter
phone-text = { $plural ->
    [one] Richten Sie die Kamera Ihres Telefons auf den Code und öffnen Sie den Link. Er funktioniert eine Minute lang, auf einem Telefon.
   *[other] Richten Sie die Kamera Ihres Telefons auf den Code und öffnen Sie den Link. Er funktioniert { $minutes } Minuten lang, auf einem Telefon.
}
phone-code = QR-Code, der Ihre Prüfung auf einem Telefon öffnet
phone-done = Ich bin auf dem Telefon fertig
phone-back = Stattdessen auf diesem Gerät weitermachen

## Was dabei herauskam

leave = Zurück zu { $company }
next = Weiter
completed-title = Sie sind fertig
completed-text = Vielen Dank. { $company } hat Ihre Prüfung erhalten. Sie müssen hier nichts weiter tun.
in-review-title = Ihre Prüfung wird angesehen
in-review-text = Vielen Dank. { $company } sieht sie sich an und meldet sich bei Ihnen. Sie müssen hier nichts weiter tun.
approved-title = Ihre Identität ist bestätigt
approved-text = Vielen Dank. Ihre Identität wurde bestätigt, und { $company } weiß Bescheid.
declined-title = Ihre Prüfung wurde nicht angenommen
declined-text = { $company } konnte diese Prüfung nicht annehmen. Warum das so ist und was Sie tun können, erfahren Sie bei { $company }.
failed-title = Ihre Prüfung war nicht erfolgreich
failed-text = Ihre Identität konnte nicht bestätigt werden. Bitte wenden Sie sich an { $company }; dort kann eine neue Prüfung für Sie gestartet werden.
redacted-title = Diese Prüfung wurde gelöscht
redacted-text = Ihre Daten wurden auf Wunsch entfernt, deshalb kann sie nicht fortgesetzt werden. Wenn { $company } Sie noch prüfen muss, bitten Sie dort um einen neuen Link.
unfinished-title = Ihre Prüfung ist noch nicht abgeschlossen
unfinished-text = Was Sie getan haben, bleibt erhalten. Sie können dort weitermachen, wo Sie aufgehört haben.

## Was im Weg steht

unknown-link-title = Diese Seite gibt es nicht
unknown-link-text = Die Adresse ist nicht vollständig oder war nie ein Link von uns.
unknown-link-next = Öffnen Sie den Link noch einmal aus Ihrer Nachricht. Wenn das nicht hilft, bitten Sie { $company } um einen neuen.
link-expired-title = Dieser Link ist abgelaufen
link-expired-text = Zu Ihrer Sicherheit funktioniert ein Link nur für begrenzte Zeit.
link-expired-next = Bitten Sie { $company } um einen neuen Link. Was Sie bisher getan haben, bleibt erhalten.
link-revoked-title = Dieser Link ist nicht mehr gültig
link-revoked-text = { $company } hat ihn ersetzt oder zurückgezogen.
link-revoked-next = Nutzen Sie den neuesten Link, den Sie erhalten haben, oder bitten Sie { $company } um einen neuen.
other-device-title = Dieser Link gehört zu einem anderen Gerät
other-device-text = Zu Ihrer Sicherheit funktioniert ein Link nur auf dem Gerät und in dem Browser, in dem er zuerst benutzt wurde.
other-device-next = Machen Sie dort weiter oder bitten Sie { $company } um einen neuen Link.
factor-needed-title = Bitte bestätigen Sie, dass Sie es sind
factor-needed-text = Dieser Link fragt nach Ihrem Geburtsdatum.
factor-needed-next = Öffnen Sie den Link noch einmal aus Ihrer Nachricht und geben Sie es ein.
factor-wrong-title = Das war nicht das richtige Datum
factor-wrong-text = Das Geburtsdatum ist nicht das, das wir kennen.
factor-wrong-next = Öffnen Sie den Link noch einmal aus Ihrer Nachricht und versuchen Sie es erneut.
factor-locked-title = Dieser Link ist gesperrt
factor-locked-text = Es wurde zu oft ein falsches Geburtsdatum eingegeben.
factor-locked-next = Bitten Sie { $company } um einen neuen Link. Was Sie bisher getan haben, bleibt erhalten.
settled-title = Diese Prüfung ist abgeschlossen
settled-text = Hier ist nichts mehr zu tun.
settled-next = Wenn Sie das für einen Fehler halten, wenden Sie sich bitte an { $company }.
not-resumable-title = Diese Prüfung kann nicht fortgesetzt werden
not-resumable-text = Der Prüfdienst lässt nicht zu, dass sie noch einmal geöffnet wird.
not-resumable-next = Bitte wenden Sie sich an { $company }; dort kann eine neue Prüfung für Sie gestartet werden.
foreign-origin-title = Diese Anfrage kam von woanders
foreign-origin-text = Zu Ihrer Sicherheit nehmen wir nur an, was von unseren eigenen Seiten gesendet wird.
foreign-origin-next = Öffnen Sie den Link noch einmal aus Ihrer Nachricht.
bad-request-title = Diese Anfrage war nicht lesbar
bad-request-text = Etwas darin fehlt oder ist beschädigt.
bad-request-next = Öffnen Sie den Link noch einmal aus Ihrer Nachricht.
too-long-title = Das ist zu lang
too-long-text = Es wurde mehr gesendet, als irgendeine unserer Seiten verlangt.
too-long-next = Öffnen Sie den Link noch einmal aus Ihrer Nachricht.
too-many-title = Einen Moment, bitte
too-many-text = Von Ihrem Anschluss kamen zu viele Anfragen.
too-many-next = Warten Sie eine Minute und versuchen Sie es dann erneut. Es geht nichts verloren.
persona-unavailable-title = Der Prüfdienst antwortet nicht
persona-unavailable-text = Wir konnten den Dienst nicht erreichen, mit dem { $company } prüft.
persona-unavailable-next = Bitte versuchen Sie es in einer Minute erneut. Ihr Link bleibt gültig und es geht nichts verloren.
internal-title = Bei uns ist etwas schiefgegangen
internal-text = Wir haben festgehalten, was passiert ist.
internal-next = Bitte versuchen Sie es in einer Minute erneut. Ihr Link bleibt gültig und es geht nichts verloren.

## Ein neuer Link

recover = Neuen Link zusenden
recover-title = Einen neuen Link erhalten
recover-text = Wenn Ihr Link nicht mehr funktioniert oder Sie ihn verloren haben, können wir Ihnen einen anderen senden. Er geht nur an die E-Mail-Adresse oder Telefonnummer, die Sie für Ihre Prüfung angegeben haben.
recover-label = Ihre Referenz oder der alte Link
recover-hint = Zum Beispiel Ihre Kundennummer, die Nummer Ihrer Prüfung oder die ganze Adresse des Links, den Sie erhalten haben.
recover-empty = Bitte geben Sie Ihre Referenz oder den alten Link ein.
recover-off = Neue Links können hier nicht angefordert werden. Bitten Sie { $company } um einen.
recover-sent-title = Sehen Sie in Ihre Nachrichten
recover-sent-text = Wenn Ihre Eingabe zu einer Prüfung für { $company } gehört, die noch nicht abgeschlossen ist, ist ein neuer Link unterwegs. Er geht an den Kontakt, den Sie dafür angegeben haben, und kommt in wenigen Minuten an.
recover-sent-next = Zu Ihrer Sicherheit können wir hier nicht sagen, ob es eine gibt. Wenn nichts ankommt, sehen Sie in Ihren Spam-Ordner oder fragen Sie { $company }.
recover-again = Etwas anderes eingeben

## Die E-Mail, die einen Link bringt

mail-subject = Setzen Sie Ihre Prüfung bei { $company } fort
mail-text = { $company } bittet Sie, die Bestätigung Ihrer Identität abzuschließen. Sie können dort weitermachen, wo Sie aufgehört haben. Öffnen Sie diesen Link:
mail-hours = { $plural ->
    [one] Der Link gilt eine Stunde (bis { $until }), auf einem Gerät.
   *[other] Der Link gilt { $hours } Stunden (bis { $until }), auf einem Gerät.
}
mail-days = { $plural ->
    [one] Der Link gilt einen Tag (bis { $until }), auf einem Gerät.
   *[other] Der Link gilt { $days } Tage (bis { $until }), auf einem Gerät.
}
mail-safety = Der Link ist nur für Sie bestimmt: Bitte geben Sie ihn nicht weiter. Wenn Sie diese Nachricht nicht erwarten, fragen Sie { $company }, bevor Sie ihn öffnen.
reminder-subject = Ihre Prüfung bei { $company } ist noch nicht abgeschlossen
reminder-text = Vor einiger Zeit haben Sie begonnen, Ihre Identität für { $company } zu bestätigen. Was Sie getan haben, bleibt erhalten. Öffnen Sie diesen Link, um weiterzumachen:
recovery-subject = Ihr neuer Link von { $company }
recovery-text = Sie haben einen neuen Link zu Ihrer Prüfung bei { $company } angefordert. Sie können dort weitermachen, wo Sie aufgehört haben. Öffnen Sie diesen Link:

## Dasselbe in Kürze, vor dem Link

sms-text = { $company }: Setzen Sie Ihre Prüfung fort:
sms-reminder = { $company }: Ihre Prüfung ist noch nicht abgeschlossen. Hier geht es weiter:
sms-recovery = { $company }: Hier ist der neue Link, den Sie angefordert haben:
