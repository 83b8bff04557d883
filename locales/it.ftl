### Il portale in italiano.

language-name = Italiano
persona-language = it

## In ogni pagina

skip = Vai al contenuto
links = Aiuto e privacy
languages = Lingua
help = Ottieni aiuto
privacy = Informativa sulla privacy
try-again = Riprova

home-title = Verifica dell’identità
home-text = Per continuare la tua verifica per { $company }, apri il link personale che hai ricevuto. Se non lo hai più, chiedine uno nuovo a { $company }.

## La pagina di un link

welcome-title = Continua la tua verifica
welcome-text = { $company } ti chiede di completare la conferma della tua identità. Puoi riprendere da dove avevi lasciato.
welcome-elsewhere = Questo link è già stato aperto su un altro dispositivo. Per continuare qui, conferma la tua data di nascita.
step-time = { $plural ->
    [one] Ci vuole circa un minuto.
   *[other] Ci vogliono circa { $minutes } minuti.
}
step-document = Tieni a portata di mano il documento d’identità e scegli un posto ben illuminato per la fotocamera.
step-progress = Quello che hai già fatto viene conservato. Puoi fermarti in qualsiasi momento.
step-until = Scadenza del link: { $until }.
continue = Continua la verifica
birthdate = Data di nascita
birthdate-why = Serve solo a verificare che si tratti di te. Viene confrontata e non conservata.

## A che punto è la visita

stage-working = Apertura della verifica…
stage-loading = Caricamento in corso. Può volerci un momento.
stage-checking = Lettura del risultato…
stage-waiting = Grazie. Il risultato non è ancora arrivato. Puoi controllare di nuovo tra poco oppure chiudere questa pagina.
stage-offline = Al momento non siamo raggiungibili. Controlla la connessione e riprova. Nulla va perso.
stage-cancelled = Hai lasciato la verifica. Quello che hai fatto è conservato; continua quando vuoi.
stage-session-lost = La verifica ha perso il contatto con te. Premi il pulsante per riprendere da dove avevi lasciato.
stage-flow-error = La verifica si è interrotta per un errore. Riprova oppure usa una delle altre possibilità qui sotto.
stage-camera-denied = Non è stato possibile usare la fotocamera. Consentila nelle impostazioni del browser e riprova, oppure continua sul telefono.
stage-frame-stalled = Ci vuole più tempo del previsto. Puoi aspettare oppure usare una delle altre possibilità.
stage-script-blocked = Il browser non ha permesso di avviare la verifica. Disattiva i blocchi dei contenuti per questa pagina oppure usa una delle altre possibilità qui sotto.
stage-factor-needed = Inserisci la tua data di nascita per continuare.
stage-factor-wrong = Questa data non è quella che conosciamo. Controllala e riprova.
stage-too-many = Troppi tentativi ravvicinati. Aspetta un minuto e riprova.
stage-persona-unavailable = Il servizio di verifica al momento non risponde. Riprova tra un minuto. Il link resta valido e nulla va perso.
stage-internal = Qualcosa non ha funzionato da parte nostra. Riprova tra un minuto. Il link resta valido e nulla va perso.

## Altre possibilità

hosted = Apri a pagina intera
phone = Continua sul telefono
check-again = Controlla di nuovo
dialog-title = Verifica dell’identità
close = Chiudi
phone-title = Continua sul tuo telefono
phone-text = { $plural ->
    [one] Inquadra il codice con la fotocamera del telefono e apri il link. Funziona per un minuto, su un solo telefono.
   *[other] Inquadra il codice con la fotocamera del telefono e apri il link. Funziona per { $minutes } minuti, su un solo telefono.
}
phone-code = Codice QR che apre la tua verifica su un telefono
phone-done = Ho finito sul telefono
phone-back = Continua invece su questo dispositivo

## Il risultato

leave = Torna a { $company }
next = Continua
completed-title = Hai finito
completed-text = Grazie. { $company } ha ricevuto la tua verifica e non devi fare altro qui.
in-review-title = La tua verifica è in fase di esame
in-review-text = Grazie. { $company } la sta esaminando e ti ricontatterà. Non devi fare altro qui.
approved-title = La tua identità è verificata
approved-text = Grazie. La tua identità è confermata e { $company } lo sa.
declined-title = La tua verifica non è stata accettata
declined-text = { $company } non ha potuto accettare questa verifica. Per sapere perché e che cosa puoi fare, contatta { $company }.
failed-title = La tua verifica non è riuscita
failed-text = Non è stato possibile confermare la tua identità. Contatta { $company }; può avviare per te una nuova verifica.
redacted-title = Questa verifica è stata eliminata
redacted-text = I suoi dati sono stati rimossi su richiesta, quindi non è possibile continuarla. Se { $company } deve ancora verificare la tua identità, chiedi un nuovo link.
unfinished-title = La tua verifica non è ancora finita
unfinished-text = Quello che hai fatto è conservato. Puoi riprendere da dove avevi lasciato.

## Che cosa lo impedisce

unknown-link-title = Questa pagina non esiste
unknown-link-text = L’indirizzo non è completo oppure non è mai stato un nostro link.
unknown-link-next = Apri di nuovo il link dal tuo messaggio. Se non basta, chiedine uno nuovo a { $company }.
link-expired-title = Questo link è scaduto
link-expired-text = Per la tua sicurezza, un link funziona solo per un tempo limitato.
link-expired-next = Chiedi un nuovo link a { $company }. Quello che hai già fatto è conservato.
link-revoked-title = Questo link non è più valido
link-revoked-text = { $company } lo ha sostituito o ritirato.
link-revoked-next = Usa il link più recente che hai ricevuto oppure chiedine uno nuovo a { $company }.
other-device-title = Questo link appartiene a un altro dispositivo
other-device-text = Per la tua sicurezza, un link funziona solo sul dispositivo e nel browser in cui è stato usato la prima volta.
other-device-next = Continua lì oppure chiedi un nuovo link a { $company }.
factor-needed-title = Conferma la tua identità
factor-needed-text = Questo link chiede la tua data di nascita.
factor-needed-next = Apri di nuovo il link dal tuo messaggio e inseriscila.
factor-wrong-title = La data non era quella giusta
factor-wrong-text = La data di nascita non è quella che conosciamo.
factor-wrong-next = Apri di nuovo il link dal tuo messaggio e prova ancora una volta.
factor-locked-title = Questo link è bloccato
factor-locked-text = È stata inserita troppe volte una data di nascita errata.
factor-locked-next = Chiedi un nuovo link a { $company }. Quello che hai già fatto è conservato.
settled-title = Questa verifica è conclusa
settled-text = Qui non c’è altro da fare.
settled-next = Se pensi che sia un errore, contatta { $company }.
not-resumable-title = Non è possibile continuare questa verifica
not-resumable-text = Il servizio di verifica non permette di riaprirla.
not-resumable-next = Contatta { $company }; può avviare per te una nuova verifica.
foreign-origin-title = Questa richiesta è arrivata da un altro sito
foreign-origin-text = Per la tua sicurezza, accettiamo solo ciò che viene inviato dalle nostre pagine.
foreign-origin-next = Apri di nuovo il link dal tuo messaggio.
bad-request-title = Non è stato possibile leggere questa richiesta
bad-request-text = Manca qualcosa oppure è danneggiata.
bad-request-next = Apri di nuovo il link dal tuo messaggio.
too-long-title = È troppo lungo
too-long-text = È stato inviato più di quanto chieda qualsiasi nostra pagina.
too-long-next = Apri di nuovo il link dal tuo messaggio.
too-many-title = Un momento, per favore
too-many-text = Dalla tua connessione sono arrivate troppe richieste.
too-many-next = Aspetta un minuto e riprova. Nulla va perso.
persona-unavailable-title = Il servizio di verifica non risponde
persona-unavailable-text = Non siamo riusciti a raggiungere il servizio che { $company } usa per la verifica.
persona-unavailable-next = Riprova tra un minuto. Il link resta valido e nulla va perso.
internal-title = Qualcosa non ha funzionato da parte nostra
internal-text = Abbiamo annotato che cosa è successo.
internal-next = Riprova tra un minuto. Il link resta valido e nulla va perso.

## Un nuovo link

recover = Inviami un nuovo link
recover-title = Ricevi un nuovo link
recover-text = Se il tuo link non funziona più o lo hai perso, possiamo inviartene un altro. Viene inviato solo all’indirizzo e-mail o al numero di telefono che hai fornito per la tua verifica.
recover-label = Il tuo riferimento o il vecchio link
recover-hint = Per esempio il tuo numero cliente, il numero della tua verifica o l’indirizzo completo del link che hai ricevuto.
recover-empty = Inserisci il tuo riferimento o il vecchio link.
recover-off = Qui non è possibile richiedere nuovi link. Chiedine uno a { $company }.
recover-sent-title = Controlla i tuoi messaggi
recover-sent-text = Se quello che hai inserito corrisponde a una verifica per { $company } non ancora finita, un nuovo link è in arrivo. Viene inviato al contatto che hai fornito e arriva in pochi minuti.
recover-sent-next = Per la tua sicurezza, qui non possiamo dire se ne esiste una. Se non arriva nulla, guarda nella posta indesiderata oppure chiedi a { $company }.
recover-again = Inserisci altro

## L’e-mail che porta un link

mail-subject = Continua la tua verifica con { $company }
mail-text = { $company } ti chiede di completare la conferma della tua identità. Puoi riprendere da dove avevi lasciato. Apri questo link:
mail-hours = { $plural ->
    [one] Il link vale un’ora (scadenza: { $until }), su un solo dispositivo.
   *[other] Il link vale { $hours } ore (scadenza: { $until }), su un solo dispositivo.
}
mail-days = { $plural ->
    [one] Il link vale un giorno (scadenza: { $until }), su un solo dispositivo.
   *[other] Il link vale { $days } giorni (scadenza: { $until }), su un solo dispositivo.
}
mail-safety = Il link è solo per te: non inoltrarlo. Se non aspettavi questo messaggio, chiedi a { $company } prima di aprirlo.
reminder-subject = La tua verifica con { $company } non è ancora finita
reminder-text = Qualche tempo fa hai iniziato a confermare la tua identità per { $company }. Quello che hai fatto è conservato. Apri questo link per continuare:
recovery-subject = Il tuo nuovo link da { $company }
recovery-text = Hai chiesto un nuovo link per la tua verifica con { $company }. Puoi riprendere da dove avevi lasciato. Apri questo link:

## Lo stesso in breve, prima del link

sms-text = { $company }: continua la tua verifica:
sms-reminder = { $company }: la tua verifica non è ancora finita. Continua qui:
sms-recovery = { $company }: ecco il nuovo link che hai chiesto:
