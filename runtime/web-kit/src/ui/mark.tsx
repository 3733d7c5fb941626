export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path className="m1" d="M3 3h8v5.5h3.5v7H11V21H3z" />
      <path className="m2" d="M12.5 3H21v18h-8.5v-4H16V7h-3.5z" />
    </svg>
  );
}
