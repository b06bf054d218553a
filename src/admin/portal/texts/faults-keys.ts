import type { Told } from './written.ts'

/** The rules of keys and of pickup groups. */
export const keyFaults: Readonly<Record<string, Told>> = {
  'keys-need-equipment': [
    'La ligne a des touches mais pas de téléphone',
    'Donnez-lui un téléphone, ou retirez les touches.',
  ],
  'no-programmable-keys': [
    'Ce modèle n’a pas de touches programmables',
    'Retirez les touches, ou choisissez un autre modèle.',
  ],
  'too-many-keys': [
    'Il y a plus de touches que le téléphone n’en a',
    'Retirez-en, ou choisissez un téléphone qui en a plus.',
  ],
  'too-many-supervision': ['Il y a trop de touches de supervision', 'Gardez-en 45 au plus.'],
  'keys-dropped': [
    'Le nouveau modèle n’a pas de place pour toutes les touches ; les dernières disparaissent',
    'Acceptez, ou choisissez vous-même celles qui restent.',
  ],
  'supervised-self': ['Un téléphone ne supervise pas sa propre ligne', 'Retirez la touche.'],
  'supervised-twice': [
    'Cette ligne est déjà supervisée sur ce téléphone',
    'Gardez une seule des deux touches.',
  ],
  'supervised-unknown': [
    'Cette ligne n’est pas de l’entreprise',
    'Choisissez une ligne de l’entreprise, ou faites-en un raccourci.',
  ],
  'supervised-kind': ['Cette ligne n’a personne à superviser', 'Faites-en un raccourci.'],
  'interception-twice': ['Il y a déjà une touche Interception', 'Gardez-en une seule.'],
  'label-empty': ['Le libellé est vide', 'Écrivez ce que la touche doit afficher.'],
  'member-unknown': ['Cette ligne n’est pas de l’entreprise', 'Corrigez le numéro.'],
  'member-kind': ['Seules les lignes fixes sont dans un groupe', 'Retirez-la du groupe.'],
  'member-other-site': [
    'Cette ligne est d’un autre site que le groupe',
    'Déplacez la ligne ou choisissez un autre groupe.',
  ],
  'member-twice': ['Cette ligne est déjà dans un groupe', 'Gardez-la dans un seul groupe.'],
}
