import { useEffect, useState } from "react";

/** The time, which moves on each second while it is of interest. */
export function useNow(moves: boolean): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!moves) {
      return undefined;
    }
    const timer = setInterval(() => setNow(new Date()), 1_000);
    return () => clearInterval(timer);
  }, [moves]);
  return now;
}
