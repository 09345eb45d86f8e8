"""Measures search and quoted answers on a set of questions, with the embedder and the store in use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from ai_assist.evaluation.dataset import Malformed, read
from ai_assist.evaluation.measures import measures, p95
from ai_assist.evaluation.trial import library


class Command(BaseCommand):
    help = "Measure how well the questions of a set are answered. Fails when a goal is missed; keeps nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dataset", type=Path, help="a file of articles with questions and answers")
        parser.add_argument("--sample", type=int, metavar="N", help="only so many of the questions")

    def handle(self, *args: Any, dataset: Path, sample: int | None, **options: Any) -> None:
        try:
            read_in = read(dataset)
        except Malformed as error:
            raise CommandError(str(error)) from error
        asked = read_in.sample(sample)
        if not asked:
            raise CommandError(f"{dataset} has no question that its text answers.")
        with library(read_in) as trial:
            outcomes = list(tqdm(trial.ask(asked), total=len(asked), desc="questions", disable=None))
        found = measures(outcomes)
        for measure in found:
            sign = "≤" if measure.at_most else "≥"
            mark = "" if measure.is_met else "  missed"
            self.stdout.write(f"{measure.name:26} {measure.value:.3f}  {sign} {measure.goal:.2f}{mark}")
        self.stdout.write(f"{'seconds, p95':26} {p95([outcome.seconds for outcome in outcomes]):.3f}")
        if missed := [measure.name for measure in found if not measure.is_met]:
            raise CommandError(f"Missed: {', '.join(missed)}.")
