// The person whose identity is checked: values so odd that finding one in a log is no accident.
export const person = {
  birthdate: "1987-06-05",
  "name-first": "Quirinabeth",
  "name-last": "Zwetschgenfeld",
  "email-address": "quirinabeth@zwetschgenfeld.example",
} as const;

export const wrongBirthdate = "1971-12-30";
