import type { Told } from './written.ts'

/** Spreadsheets and other files that somebody gives. */
export const importFaults: Readonly<Record<string, Told>> = {
  'import-refused': [
    'Des lignes du tableau sont refusées : rien n’a été enregistré',
    'Corrigez-les, ou laissez-les de côté.',
  ],
  'import-rows': ['Le tableau a plus de 100 000 lignes', 'Divisez-le.'],
  'wazo-unfit': [
    'Ce fichier n’est pas une liste d’appareils de Wazo',
    'Enregistrez la réponse de son interface sans la modifier.',
  ],
  'file-kind': ['Ce fichier n’est ni un CSV ni un XLSX', 'Enregistrez le tableau dans l’un de ces formats.'],
  'file-too-large': ['Ce fichier est trop grand', 'Divisez-le par entreprise.'],
  'file-encoding': ['Ce fichier n’est pas en UTF-8', 'Enregistrez-le en UTF-8.'],
  'yaml-syntax': ['Ce fichier n’est pas du YAML correct', 'Vérifiez les retraits et les guillemets.'],
  'csv-syntax': [
    'Un guillemet n’est pas fermé',
    'Fermez-le ; à l’intérieur d’un texte, écrivez-le deux fois.',
  ],
  'column-missing': [
    'Aucune colonne ne dit de quelle ligne il s’agit',
    'Ajoutez une colonne « Numéro », ou « Ligne » dans un tableau de touches.',
  ],
  'column-twice': ['Deux colonnes ont le même sens', 'Gardez une seule des deux.'],
  'column-unknown': ['Cette colonne n’a pas de sens ici ; elle est laissée de côté', 'Corrigez son titre.'],
  'number-zero-lost': [
    'Le tableur a retiré le 0 ou le + de ce numéro',
    'Écrivez-le à nouveau dans une colonne au format texte.',
  ],
  'number-rounded': [
    'Le tableur a arrondi ce numéro',
    'Écrivez-le à nouveau dans une colonne au format texte.',
  ],
  'cell-formula': ['Cette case contient une formule', 'Mettez-y sa valeur.'],
  'cell-date': ['Cette case contient une date', 'Passez-la au format texte et écrivez-la à nouveau.'],
  'cell-boolean': ['Cette case contient vrai ou faux', 'Passez-la au format texte et écrivez-la à nouveau.'],
  'cell-error': ['Cette case contient une erreur', 'Corrigez-la.'],
  'xlsx-locked': [
    'Ce classeur a un mot de passe, ou date d’Excel 97 à 2003',
    'Enregistrez-le en .xlsx, sans mot de passe.',
  ],
  'xlsx-damaged': [
    'Ce classeur ne peut pas être lu',
    'Enregistrez-le à nouveau depuis le tableur, ou en CSV.',
  ],
  'xlsx-too-large': ['Ce classeur est trop grand', 'Ne gardez que le tableau, ou enregistrez-le en CSV.'],
  'keys-together': [
    'Une autre ligne du tableau, pour les mêmes touches, est refusée',
    'Corrigez-la : les touches d’une ligne vont ensemble.',
  ],
  'imports-waiting': ['Trop d’imports attendent déjà leur tour', 'Recommencez quand l’un d’eux est terminé.'],
  'import-interrupted': [
    'Le serveur a redémarré pendant l’import ; rien n’a été enregistré',
    'Recommencez l’import.',
  ],
}
