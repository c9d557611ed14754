/** Of days and times at which something recurs. */
export const recurrence = {
  frequency: "How often",
  daily: "Every day",
  weekly: "On these days",
  days: "Days",
  weekdays: {
    monday: "Monday",
    tuesday: "Tuesday",
    wednesday: "Wednesday",
    thursday: "Thursday",
    friday: "Friday",
    saturday: "Saturday",
    sunday: "Sunday",
  },
  times: "Times",
  timesHint: "Up to four, as 06:00 to 23:59.",
  time: (index: number) => `Time ${index}`,
  addTime: "Add a time",
  removeTime: (index: number) => `Remove time ${index}`,
  timeZone: "Time zone",
  faults: {
    days: "Choose a day.",
    times: "Write each time as HH:MM, and none twice.",
    timeZone: "Choose a time zone.",
  },
};
