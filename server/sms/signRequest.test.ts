import test from 'ava';
import { signRequest } from './signRequest.ts';

test('the provider’s own example of a signature comes out the same', (t) => {
  // cloud.tencent.com/document/api/213/30654: its keys are written with asterisks and used so.
  const authorization = signRequest({
    ...{ secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******', secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******' },
    ...{ service: 'cvm', host: 'cvm.tencentcloudapi.com', action: 'DescribeInstances' },
    contentType: 'application/json; charset=utf-8',
    body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
    timestamp: 1551113065,
  });
  t.true(
    authorization.endsWith('Signature=be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3'),
  );
});
