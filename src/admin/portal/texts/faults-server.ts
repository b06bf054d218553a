import type { Told } from './written.ts'

/** What was asked of the server and could not be done, and what the server itself lacks. */
export const serverFaults: Readonly<Record<string, Told>> = {
  'not-found': ['Cette page n’existe pas', 'Elle a peut-être été supprimée, ou l’adresse est incomplète.'],
  'not-allowed': ['Vous n’avez pas le droit de faire ceci', 'Demandez-le à un gestionnaire de l’entreprise.'],
  'address-unfit': ['Cette adresse ne peut pas être lue', 'Recommencez depuis l’accueil.'],
  'input-unfit': ['Ceci ne peut pas être enregistré', 'Corrigez ce qui est indiqué, puis recommencez.'],
  'body-unfit': ['Ce qui a été envoyé ne peut pas être lu', 'Ouvrez à nouveau la page, puis recommencez.'],
  'body-too-large': ['C’est trop à la fois', 'Envoyez-en moins.'],
  'content-type-unfit': ['Ce qui a été envoyé n’a pas la forme attendue', 'Envoyez-le depuis sa page.'],
  'if-match-needed': ['Cette page ne sait plus ce qu’elle modifie', 'Ouvrez-la à nouveau.'],
  'if-match-unfit': ['Cette page ne sait plus ce qu’elle modifie', 'Ouvrez-la à nouveau.'],
  'changed-since': [
    'Quelqu’un a modifié ceci depuis que vous l’avez ouvert',
    'Regardez ce qui a changé, puis décidez.',
  ],
  'version-unknown': [
    'Cette version n’est pas dans l’historique de la ligne',
    'Choisissez-en une de la liste.',
  ],
  'idempotency-key-unfit': [
    'Cette demande ne peut pas être reconnue',
    'Ouvrez à nouveau la page, puis recommencez.',
  ],
  'idempotency-key-reused': [
    'Cette demande a déjà servi à autre chose',
    'Ouvrez à nouveau la page, puis recommencez.',
  ],
  'still-at-work': ['La première demande est encore en cours', 'Recommencez dans un instant.'],
  'when-unfit': [
    'Ce moment n’est pas possible',
    'Choisissez maintenant, les heures calmes, ou une heure à venir.',
  ],
  'reboot-under-way': ['L’appareil est déjà prévenu', 'Attendez, ou retirez-le de la file.'],
  'window-not-open': ['Aucune fenêtre n’est ouverte pour cet appareil', 'Rien n’est à fermer.'],
  'too-many-listeners': ['Trop de personnes regardent en même temps', 'Recommencez plus tard.'],
  unexpected: [
    'Le serveur a rencontré un problème',
    'Recommencez ; si cela continue, prévenez votre opérateur.',
  ],
  'store-busy': ['Le serveur est très occupé', 'Recommencez dans un instant.'],
  'store-unreachable': [
    'Le serveur ne peut rien enregistrer en ce moment',
    'Recommencez dans un instant ; les appareils sont servis comme avant.',
  ],
  'store-conflict': ['Quelqu’un d’autre a enregistré au même moment', 'Recommencez.'],
  'store-full': ['Le disque du serveur est plein ; rien n’a été modifié', 'Prévenez votre opérateur.'],
  'store-read-only': ['Le serveur ne peut plus rien enregistrer', 'Prévenez votre opérateur.'],
  'store-corrupt': ['Les données du serveur sont abîmées', 'Prévenez votre opérateur.'],
  'store-in-use': ['Les données du serveur sont occupées', 'Recommencez dans un instant.'],
  'certificate-unreadable': [
    'Un certificat ou une clé ne peut pas être lu',
    'Donnez-les en PEM, sans mot de passe.',
  ],
  'certificate-incomplete': [
    'Il manque la clé du certificat, ou le certificat de la clé',
    'Mettez les deux.',
  ],
  'certificate-mismatch': [
    'Cette clé n’est pas celle du certificat',
    'Copiez les deux d’un même renouvellement ; le certificat du serveur d’abord.',
  ],
  'certificate-expired': ['Le certificat a expiré', 'Renouvelez-le.'],
  'certificate-expiring': ['Le certificat expire bientôt', 'Cherchez pourquoi il n’a pas été renouvelé.'],
  'certificate-early': ['Le certificat n’est pas encore valable', 'Vérifiez l’horloge, ou attendez.'],
  'certificate-names': [
    'Le certificat ne nomme pas l’adresse que les appareils emploient',
    'Ajoutez-lui ce nom.',
  ],
  'certificate-authority': [
    'L’autorité de certification manque, ou n’a plus sa clé',
    'Regardez le dossier des certificats.',
  ],
  'certificate-folder': [
    'Le dossier des certificats ne peut pas être lu ou écrit',
    'Donnez-en le droit au serveur.',
  ],
  'certificate-host': [
    'Ce n’est pas un nom pour un certificat',
    'Écrivez un nom ou une adresse, sans https:// ni port.',
  ],
}
