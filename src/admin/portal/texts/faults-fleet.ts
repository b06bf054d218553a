import type { Told } from './written.ts'

/** The rules of the fleet: lines, devices, companies and what moves between them. */
export const fleetFaults: Readonly<Record<string, Told>> = {
  'missing-field': ['Ce champ est vide', 'Remplissez-le.'],
  'unknown-field': ['Ce champ n’existe pas', 'Corrigez son nom, ou retirez-le.'],
  'unknown-value': ['Cette valeur n’est pas possible', 'Choisissez-en une de la liste.'],
  'wrong-type': ['Cette valeur n’a pas la forme attendue', 'Écrivez les numéros et les noms comme du texte.'],
  'name-empty': ['Le nom est vide', 'Écrivez un nom.'],
  'name-taken': ['Ce nom est déjà pris', 'Choisissez un autre nom.'],
  'too-long': ['Ce texte est trop long', 'Raccourcissez-le.'],
  'control-characters': [
    'Ce texte contient des caractères interdits',
    'Écrivez-le sur une seule ligne, en caractères ordinaires.',
  ],
  'group-name': [
    'Ce nom contient des caractères spéciaux',
    'Employez des lettres, des chiffres, des espaces, des traits d’union et des apostrophes.',
  ],
  'timezone-unknown': ['Ce fuseau horaire n’existe pas', 'Écrivez-le comme Europe/Paris.'],
  'host-invalid': ['Ce n’est pas un nom de serveur', 'Écrivez un nom ou une adresse, sans le port.'],
  'port-invalid': ['Ce n’est pas un port', 'Écrivez un nombre de 1 à 65535.'],
  'code-invalid': ['Ce code ne peut pas être composé', 'Écrivez de 1 à 16 signes : chiffres, * et #.'],
  'quiet-hours': [
    'Ces heures calmes ne forment pas une plage',
    'Écrivez deux heures différentes, comme 22:00 et 06:00.',
  ],
  'reboot-server': [
    'Il manque l’adresse qui prévient les appareils',
    'Écrivez une adresse et un port, comme 127.0.0.1:5038.',
  ],
  'reboot-account': [
    'Il manque le compte qui prévient les appareils',
    'Écrivez le nom et le mot de passe, sans espaces.',
  ],
  'reboot-profile': ['Ce n’est pas un nom de profil', 'Employez des lettres, des chiffres, _, . et -.'],
  'reboot-unused': ['Ce réglage ne sert à rien ici', 'Retirez-le.'],
  'network-invalid': ['Ce n’est pas un réseau', 'Écrivez-le comme 192.0.2.0/24.'],
  'networks-unused': ['Ces réseaux ne servent que si l’accès est ouvert', 'Retirez-les, ou ouvrez l’accès.'],
  'block-invalid': [
    'Cette tranche de numéros n’en est pas une',
    'Écrivez deux numéros complets de même longueur, le plus petit d’abord.',
  ],
  'block-overlap': ['Deux tranches de numéros se chevauchent', 'Raccourcissez l’une des deux.'],
  'block-split': [
    'Une partie seulement de la tranche de numéros partirait',
    'Déplacez toutes ses lignes ensemble.',
  ],
  'device-split': [
    'Une partie seulement des lignes de l’appareil partirait',
    'Déplacez toutes ses lignes ensemble.',
  ],
  'line-bound': [
    'Cette ligne dépend d’un accès Internet',
    'Laissez-la, ou indiquez qu’elle n’en dépend plus.',
  ],
  'line-elsewhere': [
    'Cette ligne n’est pas de l’entreprise de départ',
    'Choisissez des lignes de cette entreprise.',
  ],
  'move-nowhere': ['Ces lignes sont déjà dans cette entreprise', 'Choisissez une autre entreprise.'],
  'deletion-time': [
    'L’entreprise ne peut pas être supprimée à ce moment',
    'Choisissez un moment à venir, dans l’année.',
  ],
  'scope-unknown': ['Ce n’est ni une marque ni un modèle', 'Écrivez par exemple yealink ou yealink/t54w.'],
  'parameter-name': ['Ce nom de paramètre ne peut pas être envoyé', 'Écrivez-le comme le fabricant.'],
  'parameter-unknown': [
    'Ce paramètre n’est connu d’aucun appareil de cette marque ; il est envoyé tout de même',
    'Vérifiez comment il s’écrit.',
  ],
  'number-invalid': [
    'Ce n’est pas un numéro de téléphone',
    'Écrivez par exemple 04 83 05 01 73, +33483050173 ou 3899.',
  ],
  'number-not-full': [
    'Une ligne a un numéro complet',
    'Écrivez le numéro complet ; le numéro court a son propre champ.',
  ],
  'number-taken': [
    'Ce numéro est déjà celui d’une ligne',
    'Choisissez un autre numéro, ou supprimez l’autre ligne.',
  ],
  'short-number-invalid': ['Ce n’est pas un numéro court', 'Écrivez de 4 à 9 chiffres.'],
  'short-number-taken': ['Une autre ligne de l’entreprise a ce numéro court', 'Choisissez-en un autre.'],
  'email-invalid': ['Ce n’est pas une adresse e-mail', 'Corrigez-la.'],
  'email-taken': ['Une autre ligne a déjà cette adresse e-mail', 'Donnez à chaque personne la sienne.'],
  'sip-user-invalid': [
    'Ce compte SIP contient des caractères interdits',
    'Employez des lettres, des chiffres, . _ + et -, 64 au plus.',
  ],
  'sip-user-taken': ['Une autre ligne a déjà ce compte SIP', 'Donnez à chaque ligne le sien.'],
  'sip-password-invalid': [
    'Ce mot de passe SIP ne convient pas',
    'Employez des lettres et des chiffres sans espace ni accent, ou laissez le champ vide.',
  ],
  'password-unfit': [
    'Ce modèle ne peut pas recevoir ce mot de passe SIP',
    'Choisissez-en un autre, ou laissez le serveur en créer un.',
  ],
  'site-unknown': ['Ce site n’est pas de l’entreprise', 'Choisissez un de ses sites, ou créez-le d’abord.'],
  'site-in-use': ['Des lignes sont encore sur ce site', 'Déplacez-les d’abord.'],
  'model-unknown': ['Ce modèle n’existe pas', 'Choisissez-en un de la liste.'],
  'equipment-kind': [
    'Ce matériel ne convient pas à ce type de ligne',
    'Choisissez un téléphone pour une ligne fixe, un adaptateur pour une ligne analogique.',
  ],
  'port-range': ['L’appareil n’a pas ce port', 'Comptez ses combinés ou ses prises.'],
  'use-not-adapter': ['Cet usage n’existe que pour un adaptateur', 'Laissez-le vide.'],
  'expansion-unknown': ['Ce module ne va pas sur ce modèle', 'Choisissez-en un de la liste.'],
  'expansion-mixed': ['Un téléphone a des modules d’une seule sorte', 'Choisissez une seule sorte.'],
  'expansion-too-many': ['Le téléphone ne prend pas autant de modules', 'Retirez-en.'],
  'mac-invalid': [
    'Ce n’est pas une adresse MAC',
    'Recopiez-la depuis l’étiquette : douze signes, de 0 à 9 et de A à F.',
  ],
  'mac-maker': ['Cette adresse MAC n’est pas de la marque choisie', 'Vérifiez l’étiquette et le modèle.'],
  'mac-taken': [
    'Cet appareil est déjà associé à une ligne',
    'Vérifiez l’adresse MAC, ou choisissez un autre port.',
  ],
  'device-models': [
    'Les lignes de cet appareil n’ont pas toutes le même modèle',
    'Choisissez le même modèle pour toutes.',
  ],
  'fleet-refused': ['Rien n’a été enregistré', 'Corrigez ce qui est indiqué, puis recommencez.'],
  'fleet-moved': [
    'Quelqu’un a modifié l’installation entre-temps',
    'Regardez ce qui change maintenant, puis recommencez.',
  ],
  'company-unknown': ['Cette entreprise n’existe pas', 'Choisissez-en une de la liste.'],
  'company-in-use': ['Cette entreprise a encore des lignes', 'Déplacez-les ou supprimez-les d’abord.'],
  'deletion-unknown': ['Cette entreprise n’allait pas être supprimée', 'Rien n’est à faire.'],
  'line-unknown': ['Cette ligne n’existe pas', 'Cherchez-la par son nom ou son numéro.'],
  'line-ambiguous': ['Plusieurs lignes correspondent', 'Écrivez le numéro complet.'],
  'device-unknown': ['Aucune ligne n’a cet appareil', 'Cherchez-le dans la liste du matériel.'],
  'not-linked': ['La ligne n’a pas d’appareil', 'Associez-lui d’abord un appareil.'],
}
