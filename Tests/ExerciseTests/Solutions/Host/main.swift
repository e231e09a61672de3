import ExerciseFunctions
import SolutionFunctions

// The solutions in the place of a learner's answers: they are right through two processes, too.
switch CommandLine.arguments.last {
case "1": Host.run(Chapter1Functions()) { $0 = chapter1Solutions }
case "2": Host.run(Chapter2Functions()) { $0 = chapter2Solutions }
case "3": Host.run(Chapter3Functions()) { $0 = chapter3Solutions }
case "6": Host.run(Chapter6Functions()) { $0 = chapter6Solutions }
case "8": Host.run(Chapter8Functions()) { $0 = chapter8Solutions }
default: fatalError("this is run by a test")
}
