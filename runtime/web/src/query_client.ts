import { ApiError } from '@tenon/web-kit/api/api_error.ts';
import { QueryClient } from '@tanstack/react-query';

const passing = (error: unknown) => error instanceof ApiError
  && (error.status === 0 || error.status === 503 || error.code === 'busy');

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (count, error) => count < 2 && passing(error),
      retryDelay: (count) => 400 * 2 ** count,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
