// One DynamoDB for all: what each part says of the store stands in its file.
import "./run-store/life";
import "./run-store/lists";
import "./run-store/chunks";
import "./run-store/on-dynamodb";
// Last: it looks at what the others have written.
import "./run-store/written-transitions";
