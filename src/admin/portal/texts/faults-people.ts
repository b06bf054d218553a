import type { Told } from './written.ts'

/** People, how they sign in, and what their programs sign in with. */
export const peopleFaults: Readonly<Record<string, Told>> = {
  'sign-in-needed': ['Vous n’êtes plus connecté', 'Connectez-vous à nouveau.'],
  'sign-in-refused': [
    'Connexion refusée',
    'Vérifiez l’adresse e-mail, le mot de passe et le code. Un gestionnaire peut vous créer un nouveau lien.',
  ],
  'too-many-tries': [
    'Il y a eu trop d’essais',
    'Attendez un moment avant de recommencer : un quart d’heure au plus.',
  ],
  'no-code-awaited': ['Aucun code n’est attendu', 'Connectez-vous d’abord avec votre mot de passe.'],
  'code-wrong': [
    'Ce n’est pas le code actuel',
    'Tapez celui que l’application affiche maintenant, et vérifiez l’heure du téléphone.',
  ],
  'csrf-unfit': ['Cette page était ouverte depuis trop longtemps', 'Ouvrez-la à nouveau, puis recommencez.'],
  'other-site': ['Cette demande vient d’un autre site', 'Recommencez depuis les pages de Bootline.'],
  'link-dead': [
    'Ce lien ne fonctionne plus',
    'Il a déjà servi, a expiré ou a été remplacé. Demandez-en un autre à la personne qui vous l’a envoyé.',
  ],
  'password-weak': [
    'Ce mot de passe est trop facile à deviner',
    'Prenez au moins 12 caractères : plusieurs mots sans rapport entre eux, sans votre adresse e-mail.',
  ],
  'password-wrong': ['Ce n’est pas votre mot de passe', 'Tapez celui avec lequel vous vous connectez.'],
  'password-unset': [
    'Vous n’avez pas de mot de passe',
    'Demandez à un gestionnaire un lien pour en choisir un.',
  ],
  'second-factor-on': ['La double authentification est déjà active', 'Désactivez-la d’abord.'],
  'errand-unknown': [
    'Cette connexion a commencé ailleurs, ou il y a trop longtemps',
    'Recommencez depuis la page de connexion.',
  ],
  'provider-refused': [
    'Votre organisation n’a pas accepté la connexion',
    'Recommencez, ou utilisez un mot de passe.',
  ],
  'provider-unreachable': [
    'La connexion par votre organisation n’a pas fonctionné',
    'Utilisez un mot de passe, et prévenez votre opérateur.',
  ],
  'not-invited': [
    'Votre organisation vous connaît, mais pas Bootline',
    'Demandez à un gestionnaire de vous inviter avec l’adresse e-mail de votre organisation.',
  ],
  'scope-refused': ['Ces droits ne sont pas possibles', 'Corrigez ce qui est indiqué.'],
  'scope-missing': ['Rien n’est choisi', 'Choisissez au moins un endroit.'],
  'scope-unfit': ['Ce rôle n’a pas besoin de ceci', 'Laissez-le vide.'],
  'until-past': ['Cette date est passée', 'Choisissez une date à venir.'],
  'not-yours-to-give': ['Ces droits vont plus loin que les vôtres', 'Demandez-le à un opérateur.'],
  'own-rights': [
    'Personne ne modifie ses propres droits',
    'Demandez-le à un autre gestionnaire ou opérateur.',
  ],
  'last-operator': ['C’est le dernier opérateur', 'Nommez-en d’abord un autre.'],
  'person-exists': [
    'Quelqu’un a déjà cette adresse e-mail',
    'Modifiez cette personne, ou écrivez une autre adresse.',
  ],
  'person-unknown': ['Cette personne n’existe pas', 'Cherchez-la dans la liste.'],
  'person-disabled': ['Cette personne est désactivée', 'Réactivez-la d’abord.'],
  'persons-only': ['Un jeton ne peut pas faire ceci', 'Connectez-vous vous-même.'],
  'token-name': [
    'Ce n’est pas un nom de jeton',
    'Employez des lettres, des chiffres, des espaces, . _ et -, 60 au plus.',
  ],
  'token-expiry': [
    'Un jeton ne peut pas expirer à ce moment',
    'Choisissez une date à venir, dans les 366 jours.',
  ],
  'token-unknown': ['Ce jeton n’existe pas', 'Cherchez-le dans la liste.'],
}
