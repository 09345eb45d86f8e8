"""Our hash of passwords, which counts how often it is made: the one thing at a door that takes long."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CountingHasher(Argon2PasswordHasher):
    made = 0
    time_cost, memory_cost = 1, 64

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.made += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.made += 1
        return super().verify(password, encoded)
