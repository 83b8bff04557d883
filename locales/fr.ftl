### Le portail en français.

language-name = Français
persona-language = fr

## Sur chaque page

skip = Aller au contenu
links = Aide et confidentialité
languages = Langue
help = Obtenir de l’aide
privacy = Confidentialité
try-again = Réessayer

home-title = Vérification d’identité
home-text = Pour continuer votre vérification pour { $company }, ouvrez le lien personnel que vous avez reçu. Si vous ne l’avez plus, demandez-en un nouveau à { $company }.

## La page d’un lien

welcome-title = Continuez votre vérification
welcome-text = { $company } vous demande de terminer la confirmation de votre identité. Vous pouvez reprendre là où vous en étiez.
welcome-elsewhere = Ce lien a déjà été ouvert sur un autre appareil. Pour continuer ici, confirmez votre date de naissance.
step-time = { $plural ->
    [one] Cela prend environ { $minutes } minute.
   *[other] Cela prend environ { $minutes } minutes.
}
step-document = Gardez votre pièce d’identité à portée de main et choisissez un endroit bien éclairé pour la caméra.
step-progress = Ce que vous avez déjà fait est conservé. Vous pouvez vous arrêter à tout moment.
step-until = Votre lien fonctionne jusqu’au { $until }.
continue = Continuer la vérification
birthdate = Date de naissance
birthdate-why = Seulement pour nous assurer que c’est bien vous. Elle est comparée, pas conservée.

## Où en est la visite

stage-working = Ouverture de votre vérification…
stage-loading = Chargement. Cela peut prendre un instant.
stage-checking = Lecture du résultat…
stage-waiting = Merci. Le résultat n’est pas encore arrivé. Vous pouvez vérifier à nouveau dans un instant ou fermer cette page.
stage-offline = Nous sommes injoignables pour le moment. Vérifiez votre connexion, puis réessayez. Rien n’est perdu.
stage-cancelled = Vous avez quitté la vérification. Ce que vous avez fait est conservé ; continuez quand vous voulez.
stage-session-lost = La vérification a perdu le contact avec vous. Appuyez sur le bouton pour reprendre là où vous en étiez.
stage-flow-error = La vérification s’est arrêtée à cause d’une erreur. Réessayez ou utilisez l’une des autres possibilités ci-dessous.
stage-camera-denied = La caméra n’a pas pu être utilisée. Autorisez-la dans les réglages de votre navigateur et réessayez, ou continuez sur votre téléphone.
stage-frame-stalled = Cela prend plus de temps que prévu. Vous pouvez attendre ou utiliser l’une des autres possibilités.
stage-script-blocked = Votre navigateur n’a pas laissé la vérification démarrer. Désactivez les bloqueurs de contenu pour cette page ou utilisez l’une des autres possibilités ci-dessous.
stage-factor-needed = Indiquez votre date de naissance pour continuer.
stage-factor-wrong = Cette date n’est pas celle que nous connaissons. Vérifiez-la et réessayez.
stage-too-many = C’était un peu trop rapide. Patientez une minute, puis réessayez.
stage-persona-unavailable = Le service de vérification ne répond pas pour le moment. Réessayez dans une minute. Votre lien reste valable et rien n’est perdu.
stage-internal = Quelque chose n’a pas fonctionné de notre côté. Réessayez dans une minute. Votre lien reste valable et rien n’est perdu.

## Autres possibilités

hosted = Ouvrir en pleine page
phone = Continuer sur votre téléphone
check-again = Vérifier à nouveau
dialog-title = Vérification d’identité
close = Fermer
phone-title = Continuez sur votre téléphone
phone-text = { $plural ->
    [one] Pointez la caméra de votre téléphone vers le code et ouvrez le lien. Il fonctionne pendant { $minutes } minute, sur un seul téléphone.
   *[other] Pointez la caméra de votre téléphone vers le code et ouvrez le lien. Il fonctionne pendant { $minutes } minutes, sur un seul téléphone.
}
phone-code = Code QR qui ouvre votre vérification sur un téléphone
phone-done = J’ai terminé sur mon téléphone
phone-back = Continuer plutôt sur cet appareil

## Le résultat

leave = Retour à { $company }
next = Continuer
completed-title = C’est terminé
completed-text = Merci. { $company } a bien reçu votre vérification et vous n’avez plus rien à faire ici.
in-review-title = Votre vérification est en cours d’examen
in-review-text = Merci. { $company } l’examine et reviendra vers vous. Vous n’avez plus rien à faire ici.
approved-title = Votre identité est vérifiée
approved-text = Merci. Votre identité est confirmée, et { $company } le sait.
declined-title = Votre vérification n’a pas été acceptée
declined-text = { $company } n’a pas pu accepter cette vérification. Pour savoir pourquoi et ce que vous pouvez faire, contactez { $company }.
failed-title = Votre vérification n’a pas abouti
failed-text = Le contrôle n’a pas pu confirmer votre identité. Contactez { $company } ; une nouvelle vérification peut être lancée pour vous.
redacted-title = Cette vérification a été supprimée
redacted-text = Ses données ont été effacées sur demande, elle ne peut donc pas être poursuivie. Si { $company } doit encore vous vérifier, demandez un nouveau lien.
unfinished-title = Votre vérification n’est pas encore terminée
unfinished-text = Ce que vous avez fait est conservé. Vous pouvez reprendre là où vous en étiez.

## Ce qui bloque

unknown-link-title = Cette page n’existe pas
unknown-link-text = L’adresse n’est pas complète, ou n’a jamais été l’un de nos liens.
unknown-link-next = Ouvrez à nouveau le lien depuis votre message. Si cela ne suffit pas, demandez-en un nouveau à { $company }.
link-expired-title = Ce lien a expiré
link-expired-text = Pour votre sécurité, un lien ne fonctionne que pendant un temps limité.
link-expired-next = Demandez un nouveau lien à { $company }. Ce que vous avez déjà fait est conservé.
link-revoked-title = Ce lien n’est plus valable
link-revoked-text = { $company } l’a remplacé ou retiré.
link-revoked-next = Utilisez le lien le plus récent que vous avez reçu, ou demandez-en un nouveau à { $company }.
other-device-title = Ce lien appartient à un autre appareil
other-device-text = Pour votre sécurité, un lien ne fonctionne que sur l’appareil et dans le navigateur où il a été utilisé la première fois.
other-device-next = Continuez là-bas, ou demandez un nouveau lien à { $company }.
factor-needed-title = Confirmez que c’est bien vous
factor-needed-text = Ce lien demande votre date de naissance.
factor-needed-next = Ouvrez à nouveau le lien depuis votre message et indiquez-la.
factor-wrong-title = Ce n’était pas la bonne date
factor-wrong-text = La date de naissance n’est pas celle que nous connaissons.
factor-wrong-next = Ouvrez à nouveau le lien depuis votre message et essayez encore une fois.
factor-locked-title = Ce lien est bloqué
factor-locked-text = Une date de naissance incorrecte a été indiquée trop de fois.
factor-locked-next = Demandez un nouveau lien à { $company }. Ce que vous avez déjà fait est conservé.
settled-title = Cette vérification est terminée
settled-text = Il n’y a plus rien à faire ici.
settled-next = Si vous pensez qu’il s’agit d’une erreur, contactez { $company }.
not-resumable-title = Cette vérification ne peut pas être poursuivie
not-resumable-text = Le service de vérification ne permet pas de la rouvrir.
not-resumable-next = Contactez { $company } ; une nouvelle vérification peut être lancée pour vous.
foreign-origin-title = Cette demande venait d’ailleurs
foreign-origin-text = Pour votre sécurité, nous n’acceptons que ce qui est envoyé depuis nos propres pages.
foreign-origin-next = Ouvrez à nouveau le lien depuis votre message.
bad-request-title = Cette demande n’a pas pu être lue
bad-request-text = Il y manque quelque chose, ou elle est endommagée.
bad-request-next = Ouvrez à nouveau le lien depuis votre message.
too-long-title = C’est trop long
too-long-text = L’envoi dépasse ce que demande n’importe laquelle de nos pages.
too-long-next = Ouvrez à nouveau le lien depuis votre message.
too-many-title = Un instant, s’il vous plaît
too-many-text = Il y a eu trop de demandes depuis votre connexion.
too-many-next = Patientez une minute, puis réessayez. Rien n’est perdu.
persona-unavailable-title = Le service de vérification ne répond pas
persona-unavailable-text = Nous n’avons pas pu joindre le service que { $company } utilise pour vérifier.
persona-unavailable-next = Réessayez dans une minute. Votre lien reste valable et rien n’est perdu.
internal-title = Quelque chose n’a pas fonctionné de notre côté
internal-text = Nous avons noté ce qui s’est passé.
internal-next = Réessayez dans une minute. Votre lien reste valable et rien n’est perdu.

## Un nouveau lien

recover = M’envoyer un nouveau lien
recover-title = Recevez un nouveau lien
recover-text = Si votre lien ne fonctionne plus ou si vous l’avez perdu, nous pouvons vous en envoyer un autre. Il n’est envoyé qu’à l’adresse e-mail ou au numéro de téléphone que vous avez donnés pour votre vérification.
recover-label = Votre référence ou l’ancien lien
recover-hint = Par exemple votre numéro de client, le numéro de votre vérification ou l’adresse complète du lien que vous avez reçu.
recover-empty = Indiquez votre référence ou l’ancien lien.
recover-off = Il n’est pas possible de commander un nouveau lien ici. Demandez-en un à { $company }.
recover-sent-title = Consultez vos messages
recover-sent-text = Si ce que vous avez indiqué correspond à une vérification pour { $company } qui n’est pas terminée, un nouveau lien est en route. Il est envoyé au contact que vous avez donné et arrive en quelques minutes.
recover-sent-next = Pour votre sécurité, nous ne pouvons pas dire ici s’il en existe une. Si rien n’arrive, regardez dans vos courriers indésirables ou demandez à { $company }.
recover-again = Indiquer autre chose

## L’e-mail qui apporte un lien

mail-subject = Continuez votre vérification avec { $company }
mail-text = { $company } vous demande de terminer la confirmation de votre identité. Vous pouvez reprendre là où vous en étiez. Ouvrez ce lien :
mail-hours = { $plural ->
    [one] Le lien est valable { $hours } heure (jusqu’au { $until }), sur un seul appareil.
   *[other] Le lien est valable { $hours } heures (jusqu’au { $until }), sur un seul appareil.
}
mail-days = { $plural ->
    [one] Le lien est valable { $days } jour (jusqu’au { $until }), sur un seul appareil.
   *[other] Le lien est valable { $days } jours (jusqu’au { $until }), sur un seul appareil.
}
mail-safety = Ce lien est strictement personnel : ne le transmettez à personne. Si vous n’attendiez pas ce message, demandez à { $company } avant de l’ouvrir.
reminder-subject = Votre vérification avec { $company } n’est pas encore terminée
reminder-text = Il y a quelque temps, vous avez commencé à confirmer votre identité pour { $company }. Ce que vous avez fait est conservé. Ouvrez ce lien pour continuer :
recovery-subject = Votre nouveau lien de { $company }
recovery-text = Vous avez demandé un nouveau lien pour votre vérification avec { $company }. Vous pouvez reprendre là où vous en étiez. Ouvrez ce lien :

## La même chose en bref, avant le lien

sms-text = { $company } : continuez votre vérification :
sms-reminder = { $company } : votre vérification n’est pas encore terminée. Continuez ici :
sms-recovery = { $company } : voici le nouveau lien que vous avez demandé :
